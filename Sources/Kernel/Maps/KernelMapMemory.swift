import EBPFBytecode
import Synchronization

/// The values of an array, or an arena, as memory of this process: what programs write is here
/// without a system call, and the other way round.
///
/// Arrays have to be created with `BPF_F_MMAPABLE`; a value begins at each multiple of
/// ``stride``. Programs may write at any moment: what is wider than 8 bytes may be seen half done.
@safe
public struct KernelMapMemory: ~Copyable, Sendable {
    /// The map, which this memory keeps alive.
    public let map: KernelMap
    /// Whether this process may write.
    public let isWritable: Bool
    /// The distance of one value from the next in bytes; of an arena the size of a page.
    public let stride: Int
    private let mapping: Mapping

    /// Maps the values of an array, or the pages of an arena.
    ///
    /// - Parameters:
    ///   - map: the array or arena.
    ///   - isWritable: whether to write, too; not possible when it is frozen.
    /// - Throws: ``KernelError``.
    public init(_ map: KernelMap, isWritable: Bool = true) throws(KernelError) {
        let isArena = map.shape.type == .arena
        guard isArena || map.shape.type == .array else {
            throw KernelError(
                "mapping the memory of \(map)", .invalidArgument,
                reason: "it is of type \(map.shape.type); only arrays and arenas are memory")
        }
        guard isArena || map.shape.flags.contains(.mappable) else {
            throw KernelError(
                "mapping the memory of \(map)", .invalidArgument,
                reason: "the array was not made for it", remedy: "create it with BPF_F_MMAPABLE")
        }
        let step = isArena ? Mapping.pageSize : (Int(map.shape.valueSize) + 7) / 8 * 8
        let mapping = try Self.mapping(
            map, count: Int(map.shape.maxEntries) * step, isWritable: isWritable,
            at: isArena ? map.arenaAddress.load(ordering: .relaxed) : 0)
        // An arena begins at the same address in every process, and every time: where it did first.
        if isArena {
            map.arenaAddress.store(
                unsafe Int(bitPattern: mapping.bytes.baseAddress), ordering: .relaxed)
        }
        self.map = map
        self.isWritable = isWritable
        stride = step
        self.mapping = mapping
    }

    private static func mapping(
        _ map: KernelMap, count: Int, isWritable: Bool, at address: Int
    ) throws(KernelError) -> Mapping {
        do throws(KernelErrno) {
            return try Mapping(map.descriptor, count: count, isWritable: isWritable, at: address)
        } catch {
            throw KernelError(
                "mapping the memory of \(map)", error,
                reason: error == .notPermitted ? "it is frozen" : nil)
        }
    }

    /// The size in bytes.
    public var byteCount: Int { unsafe mapping.bytes.count }

    /// The address of the first byte in this process: pointers in an arena count from here.
    public var address: UInt64 { unsafe UInt64(UInt(bitPattern: mapping.bytes.baseAddress)) }

    /// The bytes, while the closure runs.
    public func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: mapped as long as `self`.
        try unsafe body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(mapping.bytes)))
    }

    /// The bytes to write to, while the closure runs.
    ///
    /// - Throws: ``KernelError`` if it is mapped for reading only.
    public func withMutableBytes<Result>(
        _ body: (inout MutableRawSpan) -> Result
    ) throws(KernelError) -> Result {
        try requireWritable()
        // SAFETY: mapped for writing as long as `self`.
        var span = unsafe mapping.bytes.mutableBytes
        return body(&span)
    }

    /// A value of fixed layout.
    ///
    /// - Parameters:
    ///   - index: which value of the array, or page of the arena.
    ///   - offset: where in it, in bytes.
    /// - Throws: ``KernelError`` if it does not lie within that value.
    public func load<Value: BitwiseCopyable>(
        _ index: Int = 0, at offset: Int = 0, as type: Value.Type = Value.self
    ) throws(KernelError) -> Value {
        let place = try place(index, offset, MemoryLayout<Value>.size)
        // SAFETY: the place was just found to be within the mapping.
        return unsafe mapping.start.loadUnaligned(fromByteOffset: place, as: type)
    }

    /// Sets a value of fixed layout.
    ///
    /// - Parameters:
    ///   - index: which value of the array, or page of the arena.
    ///   - offset: where in it, in bytes.
    /// - Throws: ``KernelError`` if it does not lie within that value, or is not writable.
    public func store<Value: BitwiseCopyable>(
        _ value: Value, _ index: Int = 0, at offset: Int = 0
    ) throws(KernelError) {
        try requireWritable()
        let place = try place(index, offset, MemoryLayout<Value>.size)
        // SAFETY: the place was just found to be within the mapping.
        unsafe mapping.start.storeBytes(of: value, toByteOffset: place, as: Value.self)
    }

    private func place(_ index: Int, _ offset: Int, _ size: Int) throws(KernelError) -> Int {
        guard index >= 0, index < Int(map.shape.maxEntries), offset >= 0, size <= stride,
            offset <= stride - size
        else {
            throw KernelError(
                "looking into \(map)", .outOfRange,
                reason: "\(size) bytes at \(offset) of value \(index) are not in its "
                    + "\(map.shape.maxEntries) values of \(stride) bytes")
        }
        return index * stride + offset
    }

    private func requireWritable() throws(KernelError) {
        guard !isWritable else { return }
        throw KernelError(
            "writing into \(map)", .accessDenied, reason: "it is mapped for reading only")
    }
}
