extension CallMemory {
    /// Numbers that a call wrote one after the other; none for a null pointer.
    func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, of address: UInt64, count: UInt32
    ) -> [Number] {
        let size = MemoryLayout<Number>.size
        let bytes = contents(of: address, count: Int(count) * size)
        return stride(from: 0, to: bytes.count / size * size, by: size).map { offset in
            // SAFETY: the span checks the bounds, and every bit pattern is a number.
            unsafe bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Number.self)
        }
    }

    /// The first words of records that may be longer than what is known of them.
    func records(of address: UInt64, count: UInt32, size: UInt32, words: Int) -> [[UInt32]] {
        guard size >= words * 4, size.isMultiple(of: 4) else { return [] }
        let all = numbers(UInt32.self, of: address, count: count &* (size / 4))
        let step = Int(size) / 4
        return stride(from: 0, to: all.count / step * step, by: step).map {
            Array(all[$0..<$0 + words])
        }
    }
}
