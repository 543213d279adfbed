/// A row of netlink attributes, as a request carries them (`struct nlattr`).
///
/// Each has a length, a kind and a value, and is filled up to 4 bytes; values may be attributes
/// again. Numbers are in the host's byte order.
public struct NetlinkAttributes: Hashable, Sendable {
    /// The attributes as bytes.
    public private(set) var bytes: [UInt8] = []

    /// No attributes.
    public init() {}

    /// Adds an attribute with a value of bytes.
    public mutating func add(_ kind: UInt16, _ value: [UInt8]) {
        let length = UInt16(clamping: value.count + 4)
        bytes += length.hostBytes + kind.hostBytes + value.prefix(Int(UInt16.max) - 4)
        bytes += [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }

    /// Adds an attribute with a number.
    public mutating func add(_ kind: UInt16, _ number: some FixedWidthInteger) {
        add(kind, number.hostBytes)
    }

    /// Adds an attribute with a text, which ends in a zero.
    public mutating func add(_ kind: UInt16, _ text: String) {
        add(kind, Array(text.utf8) + [0])
    }

    /// Adds an attribute that consists of attributes (`NLA_F_NESTED`).
    ///
    /// - Parameter header: bytes before the attributes, where the kind has such.
    public mutating func nest(
        _ kind: UInt16, header: [UInt8] = [], _ content: (inout NetlinkAttributes) -> Void
    ) {
        var inner = NetlinkAttributes()
        content(&inner)
        let nested: UInt16 = 0x8000
        add(kind | nested, header + inner.bytes)
    }
}

/// The attributes of an answer, by kind; of several with one kind the last.
public struct NetlinkValues: Sendable {
    private var values: [UInt16: ArraySlice<UInt8>] = [:]

    /// Reads attributes one after the other; what is cut off is left out.
    public init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while let length: UInt16 = rest.number(at: 0), let kind: UInt16 = rest.number(at: 2) {
            guard length >= 4, Int(length) <= rest.count else { break }
            let flags: UInt16 = 0xc000
            values[kind & ~flags] = rest.dropFirst(4).prefix(Int(length) - 4)
            rest = rest.dropFirst((Int(length) + 3) / 4 * 4)
        }
    }

    /// The value of a kind as bytes.
    public func bytes(_ kind: UInt16) -> ArraySlice<UInt8>? { values[kind] }

    /// The value of a kind as a number; nothing if it is too short for one.
    public func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ kind: UInt16, as type: Number.Type = UInt32.self
    ) -> Number? {
        values[kind]?.number(at: 0)
    }

    /// The value of a kind as a text, up to the first zero.
    public func text(_ kind: UInt16) -> String? {
        values[kind].map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The attributes that a value consists of; none if it is not there.
    public func nested(_ kind: UInt16) -> NetlinkValues { NetlinkValues(values[kind] ?? []) }
}
