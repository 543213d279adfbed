import EBPFBytecode
import EBPFExecution
public import EBPFHooks
public import EBPFKernel

extension TracingProgram {
    /// Runs the program at the function or tracepoint that it was loaded for.
    ///
    /// - Parameter cookie: a number the program can ask for (`bpf_get_attach_cookie`, Linux 5.19);
    ///   kernel only.
    /// - Throws: ``KernelError``.
    public func attach(cookie: UInt64 = 0) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program): return try program.attachTyped(cookie: cookie)
        case .userSpace(let loaded):
            let target = try program.place(nil, "a function", "fentry/vfs_read")
            return try loaded.link(to: MachineHook(.init(loaded.spec.attachType) ?? .exit, target))
        }
    }
}

extension LSMProgram {
    /// Runs the program at the security hook that it was loaded for (`lsm`).
    ///
    /// - Parameter cookie: a number the program can ask for (Linux 5.19); kernel only.
    /// - Throws: ``KernelError``; `EBUSY` where BPF is not among the active security modules.
    public func attach(cookie: UInt64 = 0) throws(KernelError) -> Link {
        switch program.storage {
        case .kernel(let program): return try program.attachTyped(cookie: cookie)
        case .userSpace(let loaded):
            let target = try program.place(nil, "a security hook", "lsm/file_open")
            return try loaded.link(to: MachineHook(.security, target))
        }
    }
}

extension ExtensionProgram {
    /// Replaces the function that the program was loaded for (`freplace`); kernel only.
    ///
    /// - Throws: ``KernelError``.
    public func attach(cookie: UInt64 = 0) throws(KernelError) -> Link {
        let program = try attachable(
            to: "a function of a program", instead: "link the functions when the object is built")
        return try program.attachReplacing(cookie: cookie)
    }

    /// Replaces a global function of another program with the same signature (`freplace`, Linux
    /// 5.10); kernel only.
    ///
    /// - Parameters:
    ///   - target: the program whose function is replaced.
    ///   - function: the function's type in the target's BTF.
    /// - Throws: ``KernelError``.
    public func attach<Target: ProgramKind>(
        replacing function: UInt32, in target: Target, cookie: UInt64 = 0
    ) throws(KernelError) -> Link {
        let remedy = "link the functions when the object is built"
        let program = try attachable(to: "a function of \(target)", instead: remedy)
        let kernelTarget = try target.attachable(to: "its replacement", instead: remedy)
        return try program.attachReplacing(
            in: kernelTarget, function: function, cookie: cookie)
    }
}
