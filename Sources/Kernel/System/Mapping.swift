public import EBPFBytecode

/// Memory that this process shares with a file or with the kernel, and the duty to unmap it.
@safe
public struct Mapping: ~Copyable, @unchecked Sendable {
    /// The mapped bytes; valid as long as this value lives.
    @unsafe public let bytes: UnsafeMutableRawBufferPointer
    private let system: SystemCalls

    /// Maps a part of an open file (mmap(2)).
    ///
    /// - Parameters:
    ///   - descriptor: the file; it may be closed afterwards.
    ///   - offset: where the part begins, a multiple of the page size.
    ///   - count: its length in bytes.
    ///   - isWritable: whether to map it for writing, too.
    ///   - isShared: whether writes are seen by the kernel and by others.
    ///   - address: where it has to begin, if nothing is there yet; 0 for anywhere.
    /// - Throws: the kernel's error number.
    public init(
        _ descriptor: borrowing Descriptor, offset: Int = 0, count: Int, isWritable: Bool = false,
        isShared: Bool = true, at address: Int = 0
    ) throws(KernelErrno) {
        let (read, write, shared, privately, exactlyThere) = (1, 2, 1, 2, 0x100000)
        let flags = (isShared ? shared : privately) | (address == 0 ? 0 : exactlyThere)
        let address = try descriptor.system.call(
            .mapMemory, address, count, isWritable ? read | write : read, flags,
            Int(descriptor.number), offset)
        // SAFETY: the kernel has just mapped `count` bytes there, and only `deinit` unmaps them.
        unsafe bytes = UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(bitPattern: address), count: count)
        system = descriptor.system
    }

    deinit {
        let address = unsafe Int(bitPattern: bytes.baseAddress)
        _ = unsafe try? system.callOnce(.unmapMemory, address, bytes.count)
    }

    // SAFETY: mmap(2) never gives the null address unless it is asked for it by MAP_FIXED; should
    // it, the first use faults, as that of any null pointer.
    /// The address of the first byte.
    @unsafe
    @inlinable
    @inline(__always)
    var start: UnsafeMutableRawPointer {
        unsafe bytes.baseAddress.unsafelyUnwrapped
    }

    /// The size of a page in bytes: what mappings are multiples of.
    public static var pageSize: Int { systemPageSize() }
}
