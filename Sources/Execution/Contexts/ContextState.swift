/// The memory that r1 points to when a program starts, and which of its words it may write.
@safe
final class ContextState {
    /// What a context is.
    enum Kind: Sendable {
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

    init() {
        unsafe memory = .allocate(byteCount: capacity, alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: capacity)
    }

    deinit { unsafe memory.deallocate() }

    /// Makes the context `byteCount` zero bytes.
    func clear(_ kind: Kind, byteCount: Int, writableWords: UInt64) {
        self.kind = kind
        reserve(byteCount)
        self.byteCount = byteCount
        self.writableWords = writableWords
        isWritable = false
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }

    /// Makes the context a copy of bytes.
    func fill(_ bytes: [UInt8], isWritable: Bool) {
        clear(.bytes, byteCount: bytes.count, writableWords: 0)
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
            at: memory, start: Address.start(ofRegion: Address.contextRegion),
            byteCount: byteCount, isWritable: isWritable)
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

    /// Writes a field that the program may write.
    ///
    /// - Returns: whether all bytes belong to such fields.
    func write(_ value: UInt64, at offset: Int, size: Int) -> Bool {
        guard offset >= 0, offset + size <= byteCount, offset < 256, size > 0 else { return false }
        let words = UInt64(offset / 4)...UInt64((offset + size - 1) / 4)
        guard words.allSatisfy({ writableWords & (1 << $0) != 0 }) else { return false }
        for byte in 0..<size {
            unsafe memory.storeBytes(
                of: UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte))),
                toByteOffset: offset + byte, as: UInt8.self)
        }
        return true
    }

    private func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        unsafe memory.deallocate()
        capacity = needed
        unsafe memory = .allocate(byteCount: capacity, alignment: 16)
    }
}
