/// Numbers whose bytes are cut off or put in the other order.
extension Scalar {
    /// Only the lowest bytes, two or four of them.
    mutating func keepBytes(_ count: Int) {
        if count == 4 { extendWordWithZeros() } else { cut(toBytes: count) }
    }

    /// The lowest bytes in the other order; those above become zero.
    mutating func swapBytes(_ count: Int) {
        self = Scalar(bits: bits.withSwappedBytes(count))
        tighten()
    }
}

extension TristateNumber {
    /// The lowest bytes in the other order; those above become zero.
    fileprivate func withSwappedBytes(_ count: Int) -> TristateNumber {
        let shift = UInt64(64 - count * 8)
        return TristateNumber(value: value.byteSwapped >> shift, mask: mask.byteSwapped >> shift)
    }
}
