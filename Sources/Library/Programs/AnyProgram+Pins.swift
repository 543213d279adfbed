import EBPFBytecode
public import EBPFKernel

extension AnyProgram {
    /// Opens a program that was pinned at a path of the BPF file system (`BPF_OBJ_GET`).
    ///
    /// - Throws: ``KernelError``; also if something else than a program is there.
    public init(pinnedAt path: String) throws(KernelError) {
        self.init(try KernelProgram(pinnedAt: path))
    }

    /// Opens the program with a number (`BPF_PROG_GET_FD_BY_ID`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is none.
    public init(id: UInt32) throws(KernelError) {
        self.init(try KernelProgram(id: id))
    }

    /// The kernel's number of the program; `nil` in user space.
    public var id: UInt32? { kernelProgram?.id }

    /// Gives the program a path in the BPF file system, under which it outlives this process
    /// (`BPF_OBJ_PIN`); kernel only.
    ///
    /// - Throws: ``KernelError``; `EEXIST` if something is there.
    public func pin(at path: String) throws(KernelError) {
        guard let kernelProgram else { throw KernelError.noPin(of: "\(self)", at: path) }
        try kernelProgram.pin(at: path)
    }
}

extension ProgramKind {
    /// Opens a program of this kind that was pinned at a path of the BPF file system.
    ///
    /// - Throws: ``KernelError`` if there is no program, ``BindingError`` if it is of another kind.
    public init(pinnedAt path: String) throws {
        try self.init(try AnyProgram(pinnedAt: path))
    }

    /// Gives the program a path in the BPF file system, under which it outlives this process
    /// (`BPF_OBJ_PIN`); kernel only.
    ///
    /// - Throws: ``KernelError``; `EEXIST` if something is there.
    public func pin(at path: String) throws(KernelError) { try program.pin(at: path) }
}
