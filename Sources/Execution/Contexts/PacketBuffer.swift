import EBPFBytecode

/// The memory that holds a packet, with room to grow at both ends.
///
/// ```
///  0          meta        data                      end            capacity
///  ├─ headroom ─┼─ metadata ─┼──── the packet's bytes ────┼── tailroom ──┤
/// ```
///
/// The sizes are those of a kernel's XDP frame: 256 bytes of headroom, and at the end the 320 bytes
/// that a page keeps for itself.
@safe
final class PacketBuffer {
    /// What XDP has before a packet (`XDP_PACKET_HEADROOM`).
    static let headroom = 256
    /// The size of a frame: packets grow up to here.
    static let frameByteCount = 4096 - 320
    /// The longest packet that is taken.
    static let maximumByteCount = 1 << 20

    private var memory: UnsafeMutableRawPointer
    private var allocated: Int
    /// Where metadata, the packet and free space begin.
    private(set) var meta = headroom { didSet { lowest = min(lowest, meta) } }
    private(set) var data = headroom { didSet { lowest = min(lowest, data) } }
    private(set) var end = headroom
    /// The first byte that belonged to the packet or its metadata since it was put here.
    private var lowest = headroom
    /// How far the end may move.
    private(set) var capacity = frameByteCount

    init() {
        allocated = Self.frameByteCount
        unsafe memory = .allocate(byteCount: allocated, alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: allocated)
    }

    deinit { unsafe memory.deallocate() }

    /// The number of bytes of the packet.
    var byteCount: Int { end - data }

    /// Puts a packet into the buffer, in place of the one before.
    func fill(_ bytes: UnsafeRawBufferPointer) {
        let needed = Self.headroom + bytes.count
        if needed > allocated {
            unsafe memory.deallocate()
            allocated = needed
            unsafe memory = .allocate(byteCount: allocated, alignment: 16)
            unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: allocated)
        }
        capacity = max(needed, Self.frameByteCount)
        meta = Self.headroom
        data = Self.headroom
        end = needed
        if lowest < Self.headroom {
            // What a program finds when it moves the beginning must not depend on earlier packets.
            unsafe (memory + lowest).initializeMemory(
                as: UInt8.self, repeating: 0, count: Self.headroom - lowest)
            lowest = Self.headroom
        }
        if let source = bytes.baseAddress {
            unsafe (memory + data).copyMemory(from: source, byteCount: bytes.count)
        }
    }

    /// Puts the same packet in place again, if it still lies where it was put: of an XDP program that is
    /// all that can have changed.
    ///
    /// - Returns: whether it does.
    @inline(__always)
    func refill(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard lowest == Self.headroom, meta == Self.headroom, data == Self.headroom,
            end == Self.headroom + bytes.count, let source = bytes.baseAddress
        else { return false }
        unsafe (memory + data).copyMemory(from: source, byteCount: bytes.count)
        return true
    }

    /// The packet's bytes.
    var bytes: UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: memory + data, count: byteCount)
    }

    /// Metadata and packet as memory of the program.
    func region(isWritable: Bool) -> Region {
        unsafe .object(
            at: memory + meta,
            start: Address.packetStart + UInt64(meta),
            byteCount: end - meta,
            isWritable: isWritable
        )
    }

    /// A copy of the packet's bytes.
    var contents: [UInt8] { unsafe [UInt8](UnsafeRawBufferPointer(bytes)) }

    /// Bytes of the packet, or of what lies hidden before it; `nil` if it has not that many.
    func bytes(at offset: Int, count: Int) -> UnsafeMutableRawBufferPointer? {
        guard offset >= -data, count >= 0, offset <= byteCount, count <= byteCount - offset
        else { return nil }
        return unsafe UnsafeMutableRawBufferPointer(start: memory + data + offset, count: count)
    }

    /// A copy of the metadata.
    var metadata: [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(start: memory + meta, count: data - meta))
    }

    /// Makes the packet begin later; what was before stays readable at negative offsets.
    func hideFront(_ count: Int) {
        data += min(max(count, 0), byteCount)
        meta = data
    }

    // MARK: XDP

    /// What the kernel keeps of the headroom for its own record (`struct xdp_frame`).
    static let minimumHeadroom = 40
    /// How short XDP programs may make a packet (`ETH_HLEN`).
    static let minimumByteCount = 14
    /// How long metadata may be, so that its length fits into a byte.
    static let maximumMetadataByteCount = 252

    /// Moves the packet's beginning, and the metadata with it; what appears is not cleared.
    ///
    /// - Throws: EINVAL if there is no room.
    func moveData(by delta: Int) throws(KernelErrno) {
        let metaLength = data - meta
        let newData = data + delta
        guard newData >= Self.minimumHeadroom + metaLength, newData <= end - Self.minimumByteCount
        else { throw .invalidArgument }
        if metaLength > 0 {
            unsafe (memory + newData - metaLength).copyMemory(
                from: memory + meta,
                byteCount: metaLength
            )
        }
        meta = newData - metaLength
        data = newData
    }

    /// Moves the packet's end; what appears is zero.
    ///
    /// - Throws: EINVAL if there is no room, or too little would be left.
    func moveEnd(by delta: Int) throws(KernelErrno) {
        let newEnd = end + delta
        guard newEnd <= min(capacity, allocated), newEnd >= data + Self.minimumByteCount
        else { throw .invalidArgument }
        if newEnd > end {
            unsafe (memory + end).initializeMemory(as: UInt8.self, repeating: 0, count: delta)
        }
        end = newEnd
    }

    /// Moves the beginning of the metadata.
    ///
    /// - Throws: EINVAL if there is no room; EACCES for a length that the kernel could not keep.
    func moveMeta(by delta: Int) throws(KernelErrno) {
        let newMeta = meta + delta
        guard newMeta >= Self.minimumHeadroom, newMeta <= data else { throw .invalidArgument }
        let count = data - newMeta
        guard count.isMultiple(of: 4), count <= Self.maximumMetadataByteCount
        else { throw .accessDenied }
        meta = newMeta
    }

    // MARK: Socket buffers

    /// Makes the packet `count` bytes long at its end, reallocating if it must; new bytes are zero.
    ///
    /// - Returns: whether the packet may be that long.
    func resize(to count: Int) -> Bool {
        guard count >= 0, count <= Self.maximumByteCount else { return false }
        reserve(data + count)
        if data + count > end {
            unsafe (memory + end).initializeMemory(
                as: UInt8.self,
                repeating: 0,
                count: data + count - end
            )
        }
        end = data + count
        return true
    }

    /// Inserts zeros (`count` > 0) or removes bytes (`count` < 0) `offset` bytes into the packet.
    ///
    /// - Returns: whether the packet has these bytes, and may be that long.
    func adjust(at offset: Int, by count: Int) -> Bool {
        guard offset >= 0, offset <= byteCount, count >= -(byteCount - offset),
            byteCount + count <= Self.maximumByteCount
        else { return false }
        reserve(end + max(count, 0))
        let source = data + offset + max(-count, 0)
        let target = data + offset + max(count, 0)
        let moved = end - source
        unsafe (memory + target).copyMemory(from: memory + source, byteCount: moved)
        if count > 0 {
            unsafe (memory + data + offset).initializeMemory(
                as: UInt8.self,
                repeating: 0,
                count: count
            )
        }
        end += count
        return true
    }

    private func reserve(_ needed: Int) {
        guard needed > allocated else { return }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: needed, alignment: 16)
        unsafe larger.initializeMemory(as: UInt8.self, repeating: 0, count: needed)
        unsafe larger.copyMemory(from: memory, byteCount: allocated)
        unsafe memory.deallocate()
        unsafe memory = larger
        allocated = needed
        capacity = max(capacity, needed)
    }
}
