// Numbers as the kernel's structures have them: in the byte order of this machine.

extension FixedWidthInteger {
    /// The number's bytes in memory.
    var hostBytes: [UInt8] {
        unsafe withUnsafeBytes(of: self) { unsafe Array($0) }
    }
}

extension ArraySlice<UInt8> {
    /// The number that begins at an offset; nothing if it does not fit.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Number.Type = Number.self
    ) -> Number? {
        guard offset >= 0, offset + MemoryLayout<Number>.size <= count else { return nil }
        // SAFETY: the number lies within the slice, and every bit pattern is a number.
        return unsafe withUnsafeBytes {
            unsafe $0.loadUnaligned(fromByteOffset: offset, as: Number.self)
        }
    }
}
