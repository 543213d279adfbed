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

extension RouteMessage {
    /// A route to one IPv4 address.
    struct Route {
        let destination: [UInt8]
        /// Where packets leave, or the loopback interface for addresses of this machine.
        let interface: UInt32
        /// Whether the address is this machine's.
        let isLocal: Bool
        /// A program that packets pass (`LWTUNNEL_ENCAP_BPF`): `LWT_BPF_IN`, `_OUT` or `_XMIT`.
        let encapsulation: (kind: UInt16, program: UInt32)
    }

    /// A message about a route (`struct rtmsg`).
    init(_ type: UInt16, create: Bool = false, route: Route) {
        let (mainTable, byHand): (UInt8, UInt8) = (254, 4)
        let (scope, kind): (UInt8, UInt8) = route.isLocal ? (254, 2) : (253, 1)
        let header =
            [2, 32, 0, 0, mainTable, byHand, scope, kind] as [UInt8] + UInt32(0).bytes
        self.init(type, create: create, header: header)
        add(1, route.destination)
        add(4, route.interface.bytes)
        let (encapsulationKind, encapsulation, byProgram): (UInt16, UInt16, UInt16) = (21, 22, 6)
        add(encapsulationKind, byProgram.bytes)
        nest(encapsulation) { message in
            message.nest(route.encapsulation.kind) { program in
                program.add(1, route.encapsulation.program.bytes)
                program.add(2, "trial")
            }
        }
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
