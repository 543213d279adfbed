import EBPFBytecode
import EBPFKernel
import EBPFTypeFormat

/// The messages that make and remove a route (`struct rtmsg`, `RTA_…` in `linux/rtnetlink.h`).
struct RouteMessages {
    let route: TunnelRoute
    let interface: NetworkInterface

    /// `LWTUNNEL_ENCAP_BPF` and `LWTUNNEL_ENCAP_SEG6_LOCAL`.
    static let (byProgram, bySegment): (UInt16, UInt16) = (6, 7)
    static let headerSize = 12

    /// What makes the route, with its programs; it fails if there is such a route.
    func make(_ programs: [KernelProgram]) -> NetlinkMessage {
        let newRoute: UInt16 = 24
        let (encapsulation, kind): (UInt16, UInt16) = (22, 21)
        var attributes = place
        let isSegment = programs.contains { $0.type == .lwtSeg6Local }
        attributes.add(kind, isSegment ? Self.bySegment : Self.byProgram)
        attributes.nest(encapsulation) { nested in
            isSegment ? addSegment(programs, to: &nested) : add(programs, to: &nested)
        }
        return NetlinkMessage(
            newRoute, [.create, .exclusive], header: header, attributes)
    }

    /// What removes it.
    var remove: NetlinkMessage {
        let deleteRoute: UInt16 = 25
        return NetlinkMessage(deleteRoute, header: header, place)
    }

    private var header: [UInt8] {
        let (inAttribute, byHand, unicast, local): (UInt8, UInt8, UInt8, UInt8) = (252, 4, 1, 2)
        let (everywhere, onLink, here): (UInt8, UInt8, UInt8) = (0, 253, 254)
        let isNear = route.gateway == nil && route.family == 2
        let scope = route.isLocal ? here : isNear ? onLink : everywhere
        return [
            route.family, route.prefixLength, 0, 0,
            UInt8(exactly: route.table) ?? inAttribute, byHand, scope,
            route.isLocal ? local : unicast, 0, 0, 0, 0,
        ]
    }

    private var place: NetlinkAttributes {
        let (destination, outgoing, gateway, table): (UInt16, UInt16, UInt16, UInt16) =
            (1, 4, 5, 15)
        var attributes = NetlinkAttributes()
        attributes.add(destination, route.destination.bytes)
        attributes.add(outgoing, interface.index)
        if let address = route.gateway { attributes.add(gateway, address.bytes) }
        attributes.add(table, route.table)
        return attributes
    }

    /// `LWT_BPF_IN`, `_OUT`, `_XMIT`: each with a program.
    private func add(_ programs: [KernelProgram], to attributes: inout NetlinkAttributes) {
        let headroom: UInt16 = 4
        for program in programs {
            guard let kind = TunnelPlace(program.type)?.rawValue else { continue }
            attributes.nest(kind) { addProgram(program, to: &$0) }
        }
        if route.headroom > 0 { attributes.add(headroom, route.headroom) }
    }

    /// `SEG6_LOCAL_ACTION_END_BPF`.
    private func addSegment(_ programs: [KernelProgram], to attributes: inout NetlinkAttributes) {
        let (action, bpf): (UInt16, UInt16) = (1, 8)
        let endByProgram: UInt32 = 15
        attributes.add(action, endByProgram)
        for program in programs { attributes.nest(bpf) { addProgram(program, to: &$0) } }
    }

    private func addProgram(_ program: KernelProgram, to attributes: inout NetlinkAttributes) {
        let (descriptor, name): (UInt16, UInt16) = (1, 2)
        attributes.add(descriptor, program.number)
        attributes.add(name, program.name.isEmpty ? "program \(program.id)" : program.name)
    }
}

/// Where on a route a program runs (`LWT_BPF_…`).
public enum TunnelPlace: UInt16, CaseIterable, Sendable {
    /// Packets to this machine.
    case input = 1
    /// Packets of this machine and forwarded ones, before they are routed on.
    case output = 2
    /// Packets that are about to leave; the program may put a header before them.
    case transmit = 3

    /// The place that a kind of program is for.
    init?(_ type: ProgramType) {
        switch type {
        case .lwtIn: self = .input
        case .lwtOut: self = .output
        case .lwtTransmit: self = .transmit
        default: return nil
        }
    }
}
