/// The digest of a program's instructions, as bpftool and `/proc/self/fdinfo` print it.
///
/// Programs with the same instructions have the same tag, on every machine.
public struct ProgramTag: Hashable, Sendable {
    /// The eight bytes, the first in the lowest bits.
    public let rawValue: UInt64

    /// A tag from `struct bpf_prog_info`.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

extension ProgramTag: CustomStringConvertible, LosslessStringConvertible {
    /// Sixteen hexadecimal digits, the first byte first.
    public var description: String {
        let digits = String(rawValue.byteSwapped, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The tag that sixteen hexadecimal digits name.
    public init?(_ description: String) {
        guard description.utf8.count == 16, let number = UInt64(description, radix: 16),
            !description.hasPrefix("+")
        else { return nil }
        rawValue = number.byteSwapped
    }
}
