import EBPFBytecode

/// Room for the keys and values of many entries, and for the kernel's place in the map.
@safe
struct BatchMemory: ~Copyable, @unchecked Sendable {
    let keySize: Int
    let valueSize: Int
    /// How many entries there is room for.
    private(set) var capacity: Int
    private var keys: UnsafeMutableRawPointer
    private var values: UnsafeMutableRawPointer
    private let cursor: UnsafeMutableRawPointer

    init(keySize: Int, valueSize: Int, capacity: Int) {
        self.keySize = keySize
        self.valueSize = valueSize
        self.capacity = capacity
        unsafe keys = .allocate(byteCount: max(keySize * capacity, 1), alignment: 8)
        unsafe values = .allocate(byteCount: max(valueSize * capacity, 1), alignment: 8)
        // The kernel's place is a number of 4 bytes or a key.
        let cursorSize = max(keySize, 8)
        unsafe cursor = .allocate(byteCount: cursorSize, alignment: 8)
        unsafe cursor.initializeMemory(as: UInt8.self, repeating: 0, count: cursorSize)
    }

    deinit {
        unsafe keys.deallocate()
        unsafe values.deallocate()
        unsafe cursor.deallocate()
    }

    /// More room; what was in it is gone, the place stays.
    mutating func grow(to capacity: Int) {
        unsafe keys.deallocate()
        unsafe values.deallocate()
        self.capacity = capacity
        unsafe keys = .allocate(byteCount: max(keySize * capacity, 1), alignment: 8)
        unsafe values = .allocate(byteCount: max(valueSize * capacity, 1), alignment: 8)
    }

    /// What a command on all of it takes.
    func attributes(_ map: UInt32, hasCursor: Bool) -> MapBatchAttributes {
        var attributes = MapBatchAttributes()
        attributes.map = map
        attributes.inBatch = unsafe hasCursor ? UInt64(UInt(bitPattern: cursor)) : 0
        attributes.outBatch = unsafe UInt64(UInt(bitPattern: cursor))
        attributes.keys = unsafe UInt64(UInt(bitPattern: keys))
        attributes.values = unsafe UInt64(UInt(bitPattern: values))
        attributes.count = UInt32(clamping: capacity)
        return attributes
    }

    /// What a command on one entry takes; the entry has to be within the capacity.
    func attributes(_ map: UInt32, entry: Int) -> MapElementAttributes {
        var attributes = MapElementAttributes()
        attributes.map = map
        attributes.key = unsafe UInt64(UInt(bitPattern: keys)) + UInt64(entry * keySize)
        attributes.value = unsafe UInt64(UInt(bitPattern: values)) + UInt64(entry * valueSize)
        return attributes
    }

    // SAFETY: the first `count` entries were written by the kernel, and are within the capacity.
    /// The first entries, as long as this value lives and is not used for others.
    func entries(_ count: Int) -> BatchEntries {
        unsafe BatchEntries(
            count: count, keys: keys, values: values, keySize: keySize, valueSize: valueSize)
    }

    // SAFETY: the entry is within the capacity.
    /// A copy of an entry's key.
    func key(_ entry: Int) -> [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(start: keys + entry * keySize, count: keySize))
    }

    // SAFETY: the entry is within the capacity, and the key has `keySize` bytes.
    /// Puts a key into an entry.
    func setKey(_ entry: Int, _ key: [UInt8]) {
        unsafe key.withUnsafeBytes {
            unsafe (keys + entry * keySize).copyMemory(
                from: $0.baseAddress ?? UnsafeRawPointer(keys), byteCount: $0.count)
        }
    }
}
