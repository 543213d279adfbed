/// `struct bpf_link_info`: a head that all kinds share, then what the kind has.
///
/// The details begin with zeros; a request puts addresses and sizes of buffers there, for kinds
/// whose names and lists the kernel copies.
public struct LinkInfoRecord: KernelInfo {
    /// `type`.
    public var type: UInt32 = 0
    /// `id`.
    public var id: UInt32 = 0
    /// `prog_id`.
    public var program: UInt32 = 0
    private var hole: UInt32 = 0
    private var details: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)

    /// Nothing known.
    public init() {}

    /// Where the details begin, in bytes.
    public static let detailsOffset = 16
    /// How many bytes of details there are.
    public static let detailsSize = 48

    /// A number of the details; 0 beyond their end.
    ///
    /// - Parameter offset: from the start of the details, in bytes.
    public func detail<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Number.Type = UInt32.self
    ) -> Number {
        guard (0...Self.detailsSize - MemoryLayout<Number>.size).contains(offset) else { return 0 }
        // SAFETY: the number lies within the details, and every bit pattern is a number.
        return unsafe withUnsafeBytes(of: details) {
            unsafe $0.loadUnaligned(fromByteOffset: offset, as: Number.self)
        }
    }

    /// Puts a number into the details, for a request; nothing beyond their end.
    public mutating func setDetail<Number: FixedWidthInteger & BitwiseCopyable>(
        _ number: Number, at offset: Int
    ) {
        guard (0...Self.detailsSize - MemoryLayout<Number>.size).contains(offset) else { return }
        // SAFETY: the number lies within the details.
        unsafe withUnsafeMutableBytes(of: &details) {
            unsafe $0.storeBytes(of: number, toByteOffset: offset, as: Number.self)
        }
    }
}
