import EBPFBytecode
public import EBPFTypeFormat

/// Type information (BTF) that the kernel holds: its own, a module's or that of programs.
public struct TypesObject: ~Copyable, Sendable {
    /// The descriptor, closed with this value.
    public let descriptor: Descriptor
    /// The kernel's number of it.
    public let id: UInt32
    /// `vmlinux`, the module's name, or empty for that of programs.
    public let name: String
    /// Its size in bytes.
    public let byteCount: Int
    /// Whether it describes the kernel or a module.
    public let isKernel: Bool

    /// Takes over open type information.
    ///
    /// - Throws: ``KernelError`` if it is something else.
    public init(owning descriptor: consuming Descriptor) throws(KernelError) {
        var memory = CallMemory()
        let nameSize = 64
        var request = TypesInfo()
        request.name = memory.buffer(count: nameSize)
        request.nameSize = UInt32(nameSize)
        let info = try descriptor.info("asking what type information is about", request)
        let text = memory.contents(of: request.name, count: nameSize).prefix { $0 != 0 }
        name = String(decoding: text, as: UTF8.self)
        id = info.id
        byteCount = Int(info.size)
        isKernel = info.isKernel != 0
        self.descriptor = descriptor
    }

    /// Opens the type information with a number (`BPF_BTF_GET_FD_BY_ID`).
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is none.
    public init(id: UInt32, system: SystemCalls = .linux) throws(KernelError) {
        try self.init(owning: system.openObject(.types, id: id))
    }

    /// The bytes, as in a section `.BTF`.
    ///
    /// - Throws: ``KernelError``.
    public func contents() throws(KernelError) -> [UInt8] {
        var memory = CallMemory()
        var request = TypesInfo()
        request.types = memory.buffer(count: byteCount)
        request.size = UInt32(clamping: byteCount)
        let info = try descriptor.info("reading type information \(id)", request)
        return memory.contents(of: request.types, count: min(byteCount, Int(info.size)))
    }

    /// The types; those of a module extend the kernel's.
    ///
    /// - Parameter kernel: the kernel's own types, which modules and what is split off it need.
    /// - Throws: ``KernelError``, or `BTFError` if the bytes make no sense.
    public func types(kernel: KernelTypes = .shared) throws -> BTF {
        let isSplit = isKernel && name != "vmlinux"
        return try BTF(contents(), base: isSplit ? kernel.vmlinux() : nil)
    }
}
