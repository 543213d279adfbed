public import EBPFBytecode
public import EBPFKernel
import EBPFExecution

/// The programs that tail calls jump to (`BPF_MAP_TYPE_PROG_ARRAY`, Linux 4.2).
///
/// ```swift
/// let stages = try object.map("stages", as: ProgramArray.self)
/// try stages.update(1, object.program("parse", as: XDPProgram.self))
/// ```
public struct ProgramArray: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.programArray] }
    /// An index.
    public static var keyType: (any BitwiseCopyable.Type)? { UInt32.self }
    /// What values are, the kernel decides.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// How many places there are.
    public var count: Int { map.maxEntries }

    /// Puts a program at an index (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Throws: ``KernelError``: `EINVAL` for a program of another kind than those there.
    public func update(_ index: Int, _ program: some ProgramKind) throws(KernelError) {
        try update(index, program.program)
    }

    /// Puts a program of a kind that is not known at an index (`BPF_MAP_UPDATE_ELEM`).
    ///
    /// - Throws: ``KernelError``: `EINVAL` for a program of another kind than those there.
    public func update(_ index: Int, _ program: AnyProgram) throws(KernelError) {
        let key = try binding.key(index)
        switch (map.storage, program.storage) {
        case (.kernel(let map), .kernel(let program)):
            try map.update(AnyMap.bytes(key), AnyMap.bytes(program.descriptor.number))
        case (.userSpace(let array), .userSpace(let program)):
            do throws(KernelErrno) {
                try program.put(into: array, at: key)
            } catch {
                throw map.failure("updating", error)
            }
        default:
            throw KernelError(
                "putting \(program) into \(map)", .badDescriptor,
                reason: "one is in the kernel, the other in user space")
        }
    }

    /// The number of the program at an index, or `nil` (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// - Throws: ``KernelError``.
    public func programID(at index: Int) throws(KernelError) -> UInt32? {
        try binding.read(.lookup, try binding.key(index), [])
    }

    /// Takes the program at an index out (`BPF_MAP_DELETE_ELEM`).
    ///
    /// - Returns: whether there was one.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(_ index: Int) throws(KernelError) -> Bool {
        try binding.erase(try binding.key(index))
    }
}
