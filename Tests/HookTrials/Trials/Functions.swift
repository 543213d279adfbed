import EBPFBytecode
import EBPFHooks
import EBPFKernel

/// Functions of the kernel, by their types: tracing, changing and replacing what they do.
extension HookTrial {
    static let functions: [HookTrial] = [
        typed("fentry", "do_sys_openat2"),
        typed("fexit", "do_sys_openat2"),
        typed("fmod_ret", "security_file_open"),
        typed("lsm", "file_open"),
        typed("lsm.s", "file_open"),
        typed("tp_btf", "sys_enter"),
        HookTrial(hook: "fentry, function of a module") { _ in
            // Its types are the module's own, which stand on the kernel's.
            let wire = try Wire()
            guard try KernelTypes.shared.modules().contains(where: { $0.name == "veth" })
            else { throw Skip("veth is part of this kernel, or its types are not shown") }
            let proof = try Proof()
            let program = try proof.counter.program("fentry/veth_xmit", counting: .thisThread)
            return try proof(
                attach: { try program.attachTyped() }, trigger: { try wire.send() })
        },
    ]

    /// A program that is attached to what it was loaded for, and sees a file opened.
    private static func typed(_ kind: String, _ target: String) -> HookTrial {
        HookTrial(hook: kind) { _ in
            let proof = try Proof()
            let program = try proof.counter.program("\(kind)/\(target)", counting: .thisThread)
            return try proof(
                attach: { try program.attachTyped() }, trigger: openFile)
        }
    }

    /// Opens a file and closes it.
    static func openFile() throws {
        _ = try SystemCalls.linux.open("/dev/null")
    }
}
