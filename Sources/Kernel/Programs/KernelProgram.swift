public import EBPFBytecode
public import EBPFObjectFile

/// A program in the kernel, by a descriptor of this process: verified, compiled, ready to attach.
///
/// It lives as long as someone holds it: this object, a link, a prog array, a pin.
public final class KernelProgram: Sendable {
    /// The descriptor, closed with this object.
    public let descriptor: Descriptor
    /// The program's name: the full one when it was loaded here, else at most 15 bytes.
    public let name: String
    /// The kind of program.
    public let type: ProgramType
    /// The kernel's number of the program.
    public let id: UInt32
    /// What it was loaded from; `nil` when it was found in the kernel.
    public let spec: ProgramSpec?

    /// Takes over an open program.
    ///
    /// - Throws: ``KernelError`` if it is not a program.
    public init(
        owning descriptor: consuming Descriptor, spec: ProgramSpec? = nil
    ) throws(KernelError) {
        let info: ProgramInfo = try descriptor.info("asking what a program is like")
        name = spec?.name ?? info.name.text
        type = ProgramType(rawValue: info.type) ?? .unspecified
        id = info.id
        self.spec = spec
        self.descriptor = descriptor
    }

    /// Opens the program with a number (`BPF_PROG_GET_FD_BY_ID`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is none.
    public convenience init(id: UInt32, system: SystemCalls = .linux) throws(KernelError) {
        try self.init(owning: try system.openObject(.program, id: id))
    }

    /// Opens a program that was pinned at a path of the BPF file system (`BPF_OBJ_GET`).
    ///
    /// - Throws: ``KernelError``.
    public convenience init(
        pinnedAt path: String, system: SystemCalls = .linux
    ) throws(KernelError) {
        try self.init(owning: try system.openPinned(path))
    }

    /// Makes the program outlive this process under a path of the BPF file system (`BPF_OBJ_PIN`).
    ///
    /// It is loaded then, not attached.
    ///
    /// - Throws: ``KernelError``.
    public func pin(at path: String) throws(KernelError) {
        try descriptor.pin(at: path, "pinning \(self)")
    }

    /// The kernel it is in.
    public var system: SystemCalls { descriptor.system }
    /// The descriptor's number, as attributes take it.
    public var number: UInt32 { UInt32(bitPattern: descriptor.number) }
}

extension KernelProgram: CustomStringConvertible {
    /// The program as messages name it.
    public var description: String { name.isEmpty ? "program \(id)" : "program \(name)" }
}
