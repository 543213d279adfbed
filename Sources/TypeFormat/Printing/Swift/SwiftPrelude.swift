/// What all Swift declarations of types share.
enum SwiftPrelude {
    /// The declarations, for the head of a file.
    static let text = """
        /// An address in a memory that is not this process's own.
        public struct Address<Pointee>: RawRepresentable, Hashable, BitwiseCopyable, Sendable {
            public var rawValue: UInt64
            public init(rawValue: UInt64) { self.rawValue = rawValue }
        }

        /// A function in a memory that is not this process's own.
        public enum Function {}

        /// The value at an offset in bytes.
        @inlinable func valueInBytes<Bytes: BitwiseCopyable, Value: BitwiseCopyable>(
            _ bytes: Bytes, at offset: Int, as type: Value.Type = Value.self
        ) -> Value {
            unsafe withUnsafeBytes(of: bytes) {
                unsafe $0.loadUnaligned(fromByteOffset: offset, as: Value.self)
            }
        }

        /// Stores a value at an offset in bytes.
        @inlinable func setValueInBytes<Bytes: BitwiseCopyable, Value: BitwiseCopyable>(
            _ bytes: inout Bytes, at offset: Int, _ value: Value
        ) {
            unsafe withUnsafeMutableBytes(of: &bytes) {
                unsafe $0.storeBytes(of: value, toByteOffset: offset, as: Value.self)
            }
        }

        /// The bits from `first` on, the lowest of a byte first.
        @inlinable func bitsInBytes<Bytes: BitwiseCopyable>(
            _ bytes: Bytes, first: Int, count: Int
        ) -> UInt64 {
            unsafe withUnsafeBytes(of: bytes) { bytes in
                var value: UInt64 = 0
                for bit in 0..<count where unsafe bytes[(first + bit) / 8] >> ((first + bit) % 8) & 1 == 1 {
                    value |= 1 << UInt64(bit)
                }
                return value
            }
        }

        /// Stores the lowest bits of a value.
        @inlinable func setBitsInBytes<Bytes: BitwiseCopyable>(
            _ bytes: inout Bytes, first: Int, count: Int, _ value: UInt64
        ) {
            unsafe withUnsafeMutableBytes(of: &bytes) { bytes in
                for bit in 0..<count {
                    let mask = UInt8(1) << UInt8((first + bit) % 8)
                    let isSet = value >> UInt64(bit) & 1 == 1
                    unsafe bytes[(first + bit) / 8] = isSet
                        ? unsafe bytes[(first + bit) / 8] | mask
                        : unsafe bytes[(first + bit) / 8] & ~mask
                }
            }
        }

        """
}
