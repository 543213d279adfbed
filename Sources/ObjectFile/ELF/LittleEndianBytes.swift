/// Numbers in the bytes of a file, lowest byte first.
extension [UInt8] {
    /// The number at an offset, or `nil` if it does not lie within the bytes.
    @inline(__always)
    func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type = Number.self,
        at offset: Int
    ) -> Number? {
        guard offset >= 0, offset <= count &- MemoryLayout<Number>.size else { return nil }
        // SAFETY: the span checks the bounds, and every bit pattern is a number.
        let raw = unsafe span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Number.self)
        return Number(littleEndian: raw)
    }

    /// Stores a number at an offset; nothing happens if it does not lie within the bytes.
    mutating func store(_ number: UInt32, at offset: Int) {
        guard offset >= 0, offset <= count &- 4 else { return }
        for index in 0..<4 {
            self[offset + index] = UInt8(truncatingIfNeeded: number >> (8 * index))
        }
    }
}

/// Reads the fields of a record one after the other; its extent has been checked.
struct FieldReader {
    private let bytes: [UInt8]
    private var offset: Int

    init(_ bytes: [UInt8], at offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// The next field; zeros where the record's extent was not checked.
    mutating func next<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type = Number.self
    ) -> Number {
        defer { offset += MemoryLayout<Number>.size }
        return bytes.number(Number.self, at: offset) ?? 0
    }
}
