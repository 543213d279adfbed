/// What an ``LPMTrie`` finds values by: the first bits of some data (`struct bpf_lpm_trie_key`).
///
/// ```swift
/// let network = LPMKey<IPv4Address>("10.0.0.0/8")
/// ```
///
/// A look-up takes a key with all bits, and gives the value of the longest prefix of it.
public struct LPMKey<Data: BitwiseCopyable>: BitwiseCopyable {
    /// How many bits count.
    public var prefixLength: UInt32
    /// The bits, the first byte's highest first.
    public var data: Data

    /// The first bits of some data; all of them, unless said otherwise.
    public init(_ data: Data, prefixLength: Int? = nil) {
        let bitCount = MemoryLayout<Data>.size * 8
        self.data = data
        self.prefixLength = UInt32(clamping: Swift.min(prefixLength ?? bitCount, bitCount))
    }
}

extension LPMKey: Sendable where Data: Sendable {}
extension LPMKey: Equatable where Data: Equatable {}
extension LPMKey: Hashable where Data: Hashable {}

extension LPMKey: LosslessStringConvertible, CustomStringConvertible
where Data: LosslessStringConvertible {
    /// Reads `10.0.0.0/8` or, with all bits, `10.0.0.1`; `nil` if it is neither.
    public init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, let data = Data(String(first)) else { return nil }
        switch parts.count {
        case 1: self.init(data)
        case 2:
            let bitCount = MemoryLayout<Data>.size * 8
            guard let length = Int(parts[1]), (0...bitCount).contains(length) else { return nil }
            self.init(data, prefixLength: length)
        default: return nil
        }
    }

    /// `10.0.0.0/8`.
    public var description: String { "\(data)/\(prefixLength)" }
}
