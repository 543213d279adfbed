import EBPFHooks
import EBPFKernel

/// Places in the kernel that its authors marked for tracing.
extension HookTrial {
    static let tracepoints: [HookTrial] = [
        HookTrial(hook: "tracepoint") { _ in
            let proof = try Proof()
            let program = try proof.counter.program(
                "tracepoint/raw_syscalls/sys_enter", counting: .thisThread)
            return try proof(
                attach: { try program.attach(toTracepoint: "raw_syscalls:sys_enter") },
                trigger: systemCall)
        },
        HookTrial(hook: "raw tracepoint") { _ in
            let proof = try Proof()
            let program = try proof.counter.program("raw_tp/sys_enter", counting: .thisThread)
            return try proof(
                attach: { try program.attachRawTracepoint("sys_enter") },
                trigger: systemCall)
        },
        HookTrial(hook: "raw tracepoint, writable") { _ in
            let proof = try Proof()
            let program = try proof.counter.program("raw_tp.w/sys_enter", counting: .thisThread)
            return try proof(
                attach: { try program.attachRawTracepoint("sys_enter") },
                trigger: systemCall)
        },
    ]

    /// A system call that nothing else makes meanwhile in this thread.
    static func systemCall() throws {
        try SystemCalls.linux.call(.getProcessID)
    }
}
