/// The memory that r1 points to when a program starts, and which of its words it may write.
@safe
final class ContextState {
    /// What a context is.
    enum Kind: Hashable, Sendable {
        /// `struct xdp_md`.
        case xdp
        /// `struct __sk_buff`, with or without direct access to the packet.
        case socketBuffer(hasDirectAccess: Bool)
        /// Bytes that the caller gave: registers, arguments, a tracepoint's record.
        case bytes
    }

    private(set) var kind = Kind.bytes
    private var memory: UnsafeMutableRawPointer
    private var capacity = 512
    private(set) var byteCount = 0
    /// A bit for each four-byte word that the program may write.
    private var writableWords: UInt64 = 0
    private var isWritable = false
    /// What is known about the packet of a socket buffer.
    var headers = PacketHeaders()
    /// Where the packet came from.
    var origin = PacketOrigin()
    /// Whether the program may write into the packet itself.
    var mayWritePacket = true

    init() {
        unsafe memory = .allocate(byteCount: capacity, alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: capacity)
    }

    deinit { unsafe memory.deallocate() }

    /// Makes the context `byteCount` zero bytes.
    func clear(_ kind: Kind, byteCount: Int, writableWords: UInt64) {
        begin(kind, byteCount: byteCount, writableWords: writableWords)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }

    /// Makes room for a context, whatever is there.
    private func begin(_ kind: Kind, byteCount: Int, writableWords: UInt64) {
        self.kind = kind
        reserve(byteCount)
        self.byteCount = byteCount
        self.writableWords = writableWords
        isWritable = false
        headers = PacketHeaders()
    }

    /// Makes the context a copy of bytes.
    func fill(_ bytes: [UInt8], isWritable: Bool) {
        begin(.bytes, byteCount: bytes.count, writableWords: 0)
        self.isWritable = isWritable
        unsafe bytes.withUnsafeBytes { source in
            if let start = source.baseAddress {
                unsafe memory.copyMemory(from: start, byteCount: source.count)
            }
        }
    }

    /// The context as memory of the program.
    var region: Region {
        unsafe .object(
            at: memory,
            start: Address.start(ofRegion: Address.contextRegion),
            byteCount: byteCount,
            isWritable: isWritable
        )
    }

    /// A copy of the bytes.
    var contents: [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(start: memory, count: byteCount))
    }

    /// A field, by its byte offset; offsets outside of the context are ignored.
    subscript(word offset: Int) -> UInt32 {
        get {
            guard offset >= 0, offset + 4 <= byteCount else { return 0 }
            return unsafe memory.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        }
        set {
            guard offset >= 0, offset + 4 <= byteCount else { return }
            unsafe memory.storeBytes(of: newValue, toByteOffset: offset, as: UInt32.self)
        }
    }

    /// An eight-byte field, by its byte offset.
    subscript(doubleWord offset: Int) -> UInt64 {
        get { UInt64(self[word: offset]) | UInt64(self[word: offset + 4]) << 32 }
        set {
            self[word: offset] = UInt32(truncatingIfNeeded: newValue)
            self[word: offset + 4] = UInt32(truncatingIfNeeded: newValue >> 32)
        }
    }

    /// Writes a field that the program may write, as the kernel does: all of it, and what it can
    /// hold.
    ///
    /// - Returns: whether this is such a field, and the whole of it.
    func write(_ value: UInt64, at offset: Int, size: Int) -> Bool {
        typealias Field = SocketBufferField
        guard offset >= 0, size > 0, offset + size <= min(byteCount, 256), isWritable(offset),
            isWritable(offset + size - 1)
        else { return false }
        switch offset {
        case Field.controlBlock..<Field.controlBlockEnd:
            guard offset.isMultiple(of: size) else { return false }
            storeBytes(value, at: offset, size: size)
        case Field.timestamp..<Field.timestamp + 8:
            guard size == 8, offset == Field.timestamp else { return false }
            self[doubleWord: offset] = value
        default:
            guard size == 4, offset.isMultiple(of: 4) else { return false }
            storeWord(UInt32(truncatingIfNeeded: value), at: offset)
        }
        return true
    }

    /// Some words stand for fields of 16 bits.
    private func storeWord(_ value: UInt32, at offset: Int) {
        switch offset {
        case SocketBufferField.queueMapping:
            if value < UInt32(UInt16.max) { self[word: offset] = value }
        case SocketBufferField.trafficControlIndex, SocketBufferField.trafficControlClass:
            self[word: offset] = value & 0xffff
        default: self[word: offset] = value
        }
    }

    private func isWritable(_ offset: Int) -> Bool {
        writableWords & (1 << UInt64(offset / 4)) != 0
    }

    private func storeBytes(_ value: UInt64, at offset: Int, size: Int) {
        for byte in 0..<size {
            unsafe memory.storeBytes(
                of: UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte))),
                toByteOffset: offset + byte,
                as: UInt8.self
            )
        }
    }

    private func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        unsafe memory.deallocate()
        capacity = needed
        unsafe memory = .allocate(byteCount: capacity, alignment: 16)
    }
}
