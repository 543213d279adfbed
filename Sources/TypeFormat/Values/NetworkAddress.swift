/// The address of a machine or a network card.
public enum NetworkAddress: Hashable, Sendable {
    /// An IPv4 address; the first of the four numbers is the highest byte.
    case ipv4(UInt32)
    /// An IPv6 address; the first group is the highest.
    case ipv6(UInt128)
    /// The address of a network card, in the lower 48 bits; the first byte is the highest.
    case hardware(UInt64)

    /// How many bytes it takes.
    public var byteCount: Int {
        switch self {
        case .ipv4: 4
        case .ipv6: 16
        case .hardware: 6
        }
    }

    /// The bytes in the order of the network.
    public var bytes: [UInt8] {
        let number: UInt128 =
            switch self {
            case .ipv4(let value): UInt128(value)
            case .ipv6(let value): value
            case .hardware(let value): UInt128(value)
            }
        return (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

extension NetworkAddress: CustomStringConvertible {
    /// `10.0.0.1`, `2001:db8::1` (RFC 5952) or `02:00:00:00:00:01`.
    public var description: String {
        switch self {
        case .ipv4: bytes.map { String($0) }.joined(separator: ".")
        case .ipv6(let value): Self.text(value)
        case .hardware:
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                .joined(separator: ":")
        }
    }

    /// RFC 5952: no leading zeros, the longest run of two or more zero groups becomes `::`.
    private static func text(_ value: UInt128) -> String {
        if value >> 32 == 0xffff {
            return "::ffff:\(ipv4(UInt32(truncatingIfNeeded: value)))"
        }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> (16 * (7 - $0))) }
        let words = { (groups: ArraySlice<UInt16>) in
            groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard let gap = longestZeros(groups) else { return words(groups[...]) }
        return words(groups[..<gap.lowerBound]) + "::" + words(groups[gap.upperBound...])
    }

    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var longest: Range<Int>?
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > max(1, longest?.count ?? 0) { longest = start..<index }
            start = index + 1
        }
        return longest
    }
}

extension NetworkAddress {
    /// Reads `10.0.0.1`, or returns `nil`.
    public init?(ipv4 text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard part.count <= 3, part.allSatisfy(\.isNumber), let byte = UInt8(part)
            else { return nil }
            value = value << 8 | UInt32(byte)
        }
        self = .ipv4(value)
    }

    /// Reads `02:00:00:00:00:01` or `02-00-00-00-00-01`, or returns `nil`.
    public init?(hardware text: some StringProtocol) {
        let separator: Character = text.contains("-") ? "-" : ":"
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 6 else { return nil }
        var value: UInt64 = 0
        for part in parts {
            guard (1...2).contains(part.count), part.allSatisfy(\.isHexDigit),
                let byte = UInt8(part, radix: 16)
            else { return nil }
            value = value << 8 | UInt64(byte)
        }
        self = .hardware(value)
    }

    /// Reads an IPv6 address in any of the forms of RFC 4291, or returns `nil`.
    public init?(ipv6 text: some StringProtocol) {
        let halves = Self.halves(String(text))
        guard let halves, let head = Self.groups(halves.head),
            let tail = Self.groups(halves.tail ?? "")
        else { return nil }
        let missing = 8 - head.count - tail.count
        guard halves.tail == nil ? missing == 0 : missing > 0 else { return nil }
        let groups = head + Array(repeating: 0, count: missing) + tail
        self = .ipv6(groups.reduce(0) { $0 << 16 | UInt128($1) })
    }

    /// What stands before and after `::`; `nil` if that stands there twice.
    private static func halves(_ text: String) -> (head: String, tail: String?)? {
        let characters = Array(text)
        let places = characters.indices.dropLast()
            .filter { characters[$0] == ":" && characters[$0 + 1] == ":" }
        guard let place = places.first else { return (text, nil) }
        guard places.count == 1 else { return nil }
        return (String(characters[..<place]), String(characters[(place + 2)...]))
    }

    /// The 16-bit groups of a half; the last two may be written as an IPv4 address.
    private static func groups(_ text: String) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, case .ipv4(let value) = NetworkAddress(ipv4: part) {
                groups += [UInt16(value >> 16), UInt16(truncatingIfNeeded: value)]
                continue
            }
            guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit),
                let group = UInt16(part, radix: 16)
            else { return nil }
            groups.append(group)
        }
        return groups.count <= 8 ? groups : nil
    }
}
