/// Numbers in the bytes of a file, lowest byte first.
extension [UInt8] {
    /// The four bytes at an offset as a number.
    ///
    /// - Precondition: `offset + 4 <= count`.
    @inline(__always)
    func word(at offset: Int) -> UInt32 {
        // SAFETY: the span checks the bounds, and every bit pattern is a number.
        let raw = unsafe span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return UInt32(littleEndian: raw)
    }

    /// The two bytes at an offset as a number.
    ///
    /// - Precondition: `offset + 2 <= count`.
    func halfWord(at offset: Int) -> UInt16 {
        UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
    }
}
