/// The memory in which a map keeps what programs may point to.
///
/// A program gets the address of a value from a look-up and then reads and writes it directly, so
/// values lie at fixed places as long as the map lives. Each starts at a multiple of ``stride``, a
/// power of two greater than ``valueSize``: the gap is what lets the checked machine tell a
/// pointer that ran past the end of its value from one into the next value.
@safe
public struct ValueMemory: @unchecked Sendable {
    /// The first byte.
    public let base: UnsafeMutableRawPointer
    /// The number of bytes, a multiple of ``stride``.
    public let byteCount: Int
    /// The distance between two values in bytes, a power of two.
    public let stride: Int
    /// How many bytes of each stride belong to the value.
    public let valueSize: Int

    /// Describes memory that the caller owns.
    ///
    /// - Precondition: `base` points to `byteCount` bytes that outlive every use of this value.
    @unsafe
    public init(base: UnsafeMutableRawPointer, byteCount: Int, stride: Int, valueSize: Int) {
        unsafe self.base = base
        self.byteCount = byteCount
        self.stride = stride
        self.valueSize = valueSize
    }

    /// The stride for values of a size: the smallest power of two above it, at least 8.
    static func stride(for valueSize: Int) -> Int {
        guard valueSize >= 8 else { return 8 }
        return 1 << (Int.bitWidth - valueSize.leadingZeroBitCount)
    }
}
