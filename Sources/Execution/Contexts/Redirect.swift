public import EBPFBytecode
import EBPFMaps

/// Where a redirect helper sends a packet.
public enum Redirect: Hashable, Sendable {
    /// To an interface: out of it, or into it (`BPF_F_INGRESS`).
    case interface(UInt32, isIngress: Bool)
    /// To the next hop that the routing table of the interface gives (`bpf_redirect_neigh`).
    case neighbour(UInt32)
    /// To the peer of an interface, in its namespace (`bpf_redirect_peer`).
    case peer(UInt32)
    /// To what an entry of a map names, or all its entries (`bpf_redirect_map`).
    case map(MapRedirect)
}

/// What `bpf_redirect_map` was asked for, and what it found in the map.
public struct MapRedirect: Hashable, Sendable {
    /// The map's name.
    public let map: String
    /// The kind of map: devmap, cpumap or xskmap.
    public let type: MapType
    /// The key.
    public let key: UInt32
    /// Who gets the packet; several with `BPF_F_BROADCAST`.
    public let destinations: [Destination]

    /// An entry of a redirect map.
    public enum Destination: Hashable, Sendable {
        /// An interface sends it.
        case interface(UInt32)
        /// Another CPU takes it on.
        case cpu(UInt32)
        /// An AF_XDP socket that is bound to a queue.
        case socket(queue: UInt32)
    }
}

extension Redirect: CustomStringConvertible {
    /// "interface 3", "map tx_port, key 1: interface 3".
    public var description: String {
        switch self {
        case .interface(let index, let isIngress):
            "interface \(index)\(isIngress ? ", inwards" : "")"
        case .neighbour(let index): "the next hop of interface \(index)"
        case .peer(let index): "the peer of interface \(index)"
        case .map(let redirect):
            "map \(redirect.map), key \(redirect.key): "
                + redirect.destinations.map(\.description).joined(separator: ", ")
        }
    }
}

extension MapRedirect.Destination: CustomStringConvertible {
    /// "interface 3", "CPU 1", "the socket of queue 0".
    public var description: String {
        switch self {
        case .interface(let index): "interface \(index)"
        case .cpu(let number): "CPU \(number)"
        case .socket(let queue): "the socket of queue \(queue)"
        }
    }
}

extension MapRedirect.Destination {
    /// What an entry names.
    init(_ target: RedirectTarget) {
        switch target {
        case .interface(let index, _): self = .interface(index)
        case .cpu(let number, _, _): self = .cpu(number)
        case .socket(let socket): self = .socket(queue: socket.queue)
        }
    }
}
