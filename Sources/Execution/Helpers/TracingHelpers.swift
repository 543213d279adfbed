import EBPFBytecode
import EBPFObjectFile

/// What programs ask about the event that runs them: arguments, results, cookies, the call stack.
enum TracingHelpers {
    static func install(in table: inout HelperTable) {
        table[.getFuncArg] = functionArgument
        table[.getFuncRet] = functionResult
        table[.getFuncArgCnt] = { (call) throws(Fault) in
            try call.requireContext()
            return UInt64(argumentCount(call.machine))
        }
        // No event of this machine has an address of its own, or a cookie.
        table[.getFuncIp] = contextual { _ in 0 }
        table[.getAttachCookie] = contextual { _ in 0 }
        table[.overrideReturn] = overrideReturn
        table[.getStack] = getStack
        table[.getTaskStack] = getTaskStack
        // Hardware records no branches here.
        table[.readBranchRecords] = contextual { _ in KernelErrno.noEntry.helperResult }
        table[.getBranchSnapshot] = { _ in KernelErrno.noEntry.helperResult }
        table[.perfProgReadValue] = clearing(.second, size: .third, .invalidArgument)
        table[.findVma] = { call in
            guard call.fifth == 0 else { return KernelErrno.invalidArgument.helperResult }
            return KernelErrno.noEntry.helperResult
        }
        table[.dPath] = { _ in KernelErrno.invalidArgument.helperResult }
    }

    private static func contextual(_ body: @escaping HelperBody) -> HelperBody {
        { (call) throws(Fault) in
            try call.requireContext()
            return try body(call)
        }
    }

    /// A helper that fails after it cleared its output.
    private static func clearing(
        _ pointer: HelperCall.Argument,
        size: HelperCall.Argument,
        _ error: KernelErrno
    ) -> HelperBody {
        { (call) throws(Fault) in
            let target = try unsafe call.writableBytes(pointer, size: size)
            unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
            return error.helperResult
        }
    }

    // MARK: Arguments and results of a traced function

    /// Whether the context's last word is what the function returned.
    private static func hasResult(_ machine: Machine) -> Bool {
        switch machine.program?.spec.attachType {
        case .traceFunctionExit, .modifyReturn: true
        default: false
        }
    }

    private static func argumentCount(_ machine: Machine) -> Int {
        max(0, machine.context.byteCount / 8 - (hasResult(machine) ? 1 : 0))
    }

    /// `long bpf_get_func_arg(ctx, n, value)`
    private static func functionArgument(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireContext()
        let value = try unsafe call.writable(.third, size: 8)
        let number = UInt32(truncatingIfNeeded: call.second)
        guard number < UInt32(clamping: argumentCount(call.machine))
        else { return KernelErrno.invalidArgument.helperResult }
        let argument = call.machine.context[doubleWord: Int(number) * 8]
        unsafe value.storeBytes(of: argument, as: UInt64.self)
        return 0
    }

    /// `long bpf_get_func_ret(ctx, value)`
    private static func functionResult(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireContext()
        let value = try unsafe call.writable(.second, size: 8)
        guard hasResult(call.machine)
        else { return KernelErrno.operationNotSupported.helperResult }
        let result = call.machine.context[doubleWord: argumentCount(call.machine) * 8]
        unsafe value.storeBytes(of: result, as: UInt64.self)
        return 0
    }

    /// `long bpf_override_return(regs, rc)`: the result goes into the registers of the context, where
    /// the caller of the run finds it.
    private static func overrideReturn(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireContext()
        call.machine.context[doubleWord: resultRegisterOffset] = call.second
        return 0
    }

    /// Where `struct pt_regs` of x86-64 has `rax`.
    private static let resultRegisterOffset = 80

    // MARK: The call stack

    /// How many addresses a stack has at most (`PERF_MAX_STACK_DEPTH`).
    static let stackDepthLimit = 127

    /// The flags of `bpf_get_stack` and `bpf_get_stackid` (`BPF_F_…`).
    enum StackFlags {
        static let skipMask: UInt64 = 0xff
        static let userStack: UInt64 = 1 << 8
        static let fastCompare: UInt64 = 1 << 9
        static let reuse: UInt64 = 1 << 10
        static let userBuildID: UInt64 = 1 << 11
    }

    /// `long bpf_get_stack(ctx, buf, size, flags)`: the stack of the program itself.
    private static func getStack(_ call: HelperCall) throws(Fault) -> UInt64 {
        try call.requireContext()
        return try unsafe copyStack(call, call.writableBytes(.second, size: .third), call.fourth)
    }

    /// `long bpf_get_task_stack(task, buf, size, flags)`: of the only task.
    private static func getTaskStack(_ call: HelperCall) throws(Fault) -> UInt64 {
        guard call.first == MachineObject.task.address else { throw .badArgument(1, .object) }
        return try unsafe copyStack(call, call.writableBytes(.second, size: .third), call.fourth)
    }

    private static func copyStack(
        _ call: HelperCall,
        _ target: UnsafeMutableRawBufferPointer,
        _ flags: UInt64
    ) throws(Fault) -> UInt64 {
        unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
        let known = StackFlags.skipMask | StackFlags.userStack | StackFlags.userBuildID
        guard flags & ~known == 0, flags & StackFlags.userBuildID == 0,
            target.count.isMultiple(of: 8)
        else { return KernelErrno.invalidArgument.helperResult }
        // Nothing of the program lies in user space.
        guard flags & StackFlags.userStack == 0 else { return KernelErrno.badAddress.helperResult }
        let skipped = Int(flags & StackFlags.skipMask)
        let addresses = call.machine.returnAddresses
        guard addresses.count >= skipped else { return KernelErrno.badAddress.helperResult }
        let shown = addresses.dropFirst(skipped).prefix(min(target.count / 8, stackDepthLimit))
        for (index, address) in shown.enumerated() {
            unsafe target.storeBytes(of: address, toByteOffset: index * 8, as: UInt64.self)
        }
        return UInt64(shown.count * 8)
    }
}
