/// Bytes of machine code while they are written: appends cost a store and an addition.
@safe
struct CodeBuffer: ~Copyable {
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many bytes have been written.
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 256)
        unsafe bytes = .allocate(capacity: self.capacity)
    }

    deinit { unsafe bytes.deallocate() }

    /// Makes room for `byteCount` more bytes.
    @inline(__always)
    private mutating func reserve(_ byteCount: Int) {
        if count + byteCount > capacity { grow(byteCount) }
    }

    @inline(never)
    private mutating func grow(_ byteCount: Int) {
        let larger = max(capacity * 2, count + byteCount)
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe copy.initialize(from: bytes, count: count)
        unsafe bytes.deallocate()
        unsafe bytes = copy
        capacity = larger
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        // SAFETY: `reserve` made room.
        unsafe bytes[count] = byte
        count += 1
    }

    /// Appends the low `byteCount` bytes of a word, the lowest first.
    @inline(__always)
    mutating func append(_ word: UInt64, byteCount: Int) {
        reserve(8)
        // SAFETY: `reserve` made room for all eight.
        unsafe UnsafeMutableRawPointer(bytes + count).storeBytes(
            of: word.littleEndian, as: UInt64.self)
        count += byteCount
    }

    @inline(__always)
    mutating func append(_ word: UInt32) { append(UInt64(word), byteCount: 4) }

    mutating func append(_ more: [UInt8]) {
        reserve(more.count)
        // SAFETY: `reserve` made room.
        unsafe more.withUnsafeBufferPointer { source in
            guard let first = source.baseAddress else { return }
            unsafe (bytes + count).initialize(from: first, count: source.count)
        }
        count += more.count
    }

    /// A 32-bit word that was written, if there is one at this place.
    subscript(word place: Int) -> UInt32 {
        get {
            guard place >= 0, place + 4 <= count else { return 0 }
            return unsafe UInt32(
                littleEndian: UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt32.self))
        }
        set {
            guard place >= 0, place + 4 <= count else { return }
            unsafe UnsafeMutableRawPointer(bytes + place).storeBytes(
                of: newValue.littleEndian, as: UInt32.self)
        }
    }

    /// Everything that was written.
    var contents: [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}
