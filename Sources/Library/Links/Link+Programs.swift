import EBPFBytecode
import EBPFExecution
public import EBPFHooks
public import EBPFKernel

extension Link {
    /// Where the program is attached, for people: "XDP on eth0".
    public var hook: String { attachment.hook }

    /// Puts another program in the place of the one that runs, without a gap.
    ///
    /// - Parameters:
    ///   - program: of the same kind, on the same host.
    ///   - expected: the program that must be there; otherwise nothing is changed.
    /// - Throws: ``KernelError``; `EPERM` or `EEXIST` if another than the expected program is
    ///   there, `EOPNOTSUPP` for hooks that cannot exchange programs.
    public borrowing func update<Kind: ProgramKind>(
        to program: Kind, expecting expected: Kind? = nil
    ) throws(KernelError) {
        guard let place = attachment as? MachineAttachment else {
            let kernelProgram = try program.program.inKernel("putting it on \(hook)")
            let kernelExpected = try expected?.program.inKernel("expecting it on \(hook)")
            return try update(to: kernelProgram, expecting: kernelExpected)
        }
        try place.update(to: program.program, expecting: expected?.program)
    }
}

extension MachineAttachment {
    fileprivate func update(
        to program: AnyProgram, expecting expected: AnyProgram?
    ) throws(KernelError) {
        do throws(KernelErrno) {
            guard let program = program.userSpaceProgram else { throw .invalidArgument }
            try entry.update(to: program, expecting: expected?.userSpaceProgram)
        } catch {
            throw KernelError(
                "putting \(program) on \(hook)", error,
                reason: error == .notPermitted
                    ? "program \(entry.program.name) is there"
                    : "it is of another type or on another host than the one there")
        }
    }
}

extension AnyProgram {
    /// The program in the kernel, or an error.
    fileprivate func inKernel(_ purpose: String) throws(KernelError) -> KernelProgram {
        guard let kernelProgram else {
            throw KernelError(
                "\(self): \(purpose)", .invalidArgument,
                reason: "the link is in the kernel, the program in user space",
                remedy: "load the program with Host.kernel")
        }
        return kernelProgram
    }
}
