/// A netlink message under construction: numbers and attributes, in the machine's byte order
/// (rtnetlink(7)).
struct RouteMessage {
    private(set) var bytes: [UInt8]

    /// A message of a type (`RTM_…`) whose fixed part is `header`.
    init(_ type: UInt16, create: Bool = false, header: [UInt8]) {
        let (request, acknowledge, new): (UInt16, UInt16, UInt16) = (0x1, 0x4, 0x400 | 0x200)
        let flags = request | acknowledge | (create ? new : 0)
        bytes = UInt32(0).bytes + type.bytes + flags.bytes + UInt32(1).bytes + UInt32(0).bytes
        bytes += header
    }

    /// Adds an attribute.
    mutating func add(_ kind: UInt16, _ value: [UInt8]) {
        bytes += UInt16(4 + value.count).bytes + kind.bytes + value
        bytes += [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    }

    /// Adds a text attribute.
    mutating func add(_ kind: UInt16, _ text: String) {
        add(kind, Array(text.utf8) + [0])
    }

    /// Adds an attribute that holds others, after a fixed part of its own.
    mutating func nest(_ kind: UInt16, header: [UInt8] = [], _ content: (inout Self) -> Void) {
        let start = bytes.count
        bytes += UInt16(0).bytes + kind.bytes + header
        content(&self)
        bytes.replaceSubrange(start..<(start + 2), with: UInt16(bytes.count - start).bytes)
    }

    /// The message with its length filled in.
    var finished: [UInt8] {
        UInt32(bytes.count).bytes + bytes.dropFirst(4)
    }
}

extension FixedWidthInteger {
    /// The number's bytes in the machine's order, which is little-endian on all that trials run on.
    var bytes: [UInt8] {
        (0..<(Self.bitWidth / 8)).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
    }

    /// The number's bytes in the network's order.
    var networkBytes: [UInt8] { bytes.reversed() }
}
