import EBPFBytecode
public import EBPFKernel
public import EBPFTypeFormat

/// A program on a route, as the kernel tells it: by the name that it was given there.
public struct RouteProgram: Hashable, Sendable {
    /// Where packets go; `nil` for everywhere.
    public let destination: NetworkAddress?
    /// How many bits of it count.
    public let prefixLength: UInt8
    /// The number of the interface that they leave by; 0 if the route has several.
    public let interface: UInt32
    /// The routing table.
    public let table: UInt32
    /// Where on the route the program runs; `nil` for an action of segment routing.
    public let place: TunnelPlace?
    /// The program's name; routes do not tell its number, except those of segment routing.
    public let name: String
}

extension RouteProgram {
    /// The programs on all routes of the namespace that the calling thread is in.
    ///
    /// - Throws: ``KernelError``.
    public static func all(system: SystemCalls = .linux) throws(KernelError) -> [RouteProgram] {
        let getRoute: UInt16 = 26
        let header = [UInt8](repeating: 0, count: RouteMessages.headerSize)
        var socket = try NetlinkSocket(system: system)
        return try socket.perform(
            NetlinkMessage(getRoute, .dump, header: header), "listing routes"
        ).flatMap { programs(of: $0) }
    }

    private static func programs(of message: NetlinkMessage) -> [RouteProgram] {
        let (newRoute, encapsulationKind, encapsulation): (UInt16, UInt16, UInt16) = (24, 21, 22)
        let values = message.values(after: RouteMessages.headerSize)
        guard message.type == newRoute,
            let kind = values.number(encapsulationKind, as: UInt16.self)
        else { return [] }
        let details = values.nested(encapsulation)
        let nameKind: UInt16 = 2
        var found: [(TunnelPlace?, String)] = []
        if kind == RouteMessages.byProgram {
            found = TunnelPlace.allCases.compactMap { place in
                details.bytes(place.rawValue) == nil
                    ? nil : (place, details.nested(place.rawValue).text(nameKind) ?? "")
            }
        } else if kind == RouteMessages.bySegment {
            let bpf: UInt16 = 8
            if details.bytes(bpf) != nil {
                found = [(nil, details.nested(bpf).text(nameKind) ?? "")]
            }
        }
        return found.map { RouteProgram(message, values, $0.0, $0.1) }
    }

    private init(
        _ message: NetlinkMessage, _ values: NetlinkValues, _ place: TunnelPlace?, _ name: String
    ) {
        let (destination, outgoing, table): (UInt16, UInt16, UInt16) = (1, 4, 15)
        self.destination = values.bytes(destination).flatMap { NetworkAddress(bytes: Array($0)) }
        prefixLength = message.body.number(at: 1) ?? 0
        interface = values.number(outgoing) ?? 0
        self.table = values.number(table) ?? 0
        (self.place, self.name) = (place, name)
    }
}

extension NetworkAddress {
    /// The address of 4 or 16 bytes in the order of the network.
    fileprivate init?(bytes: [UInt8]) {
        let number = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        switch bytes.count {
        case 4: self = .ipv4(UInt32(truncatingIfNeeded: number))
        case 16: self = .ipv6(number)
        default: return nil
        }
    }
}

extension RouteProgram: CustomStringConvertible {
    /// "10.9.0.0/16 output".
    public var description: String {
        let target = destination.map { "\($0)/\(prefixLength)" } ?? "default"
        return "\(target) \(place.map { "\($0)" } ?? "segment")"
    }
}
