/// Where traffic control runs programs on an interface.
public enum TrafficDirection: Hashable, Sendable {
    /// Packets that come in, below `clsact`.
    case ingress
    /// Packets that go out, below `clsact`.
    case egress
    /// Packets of a class or queueing discipline that exists, by its handle (`TC_H_MAKE`).
    case parent(UInt32)

    /// The parent's handle (`tcm_parent`).
    var handle: UInt32 {
        switch self {
        case .ingress: 0xffff_fff2
        case .egress: 0xffff_fff3
        case .parent(let handle): handle
        }
    }
}

extension TrafficDirection: CustomStringConvertible {
    /// "ingress", "egress", or the parent's handle as tc writes it: "1:10".
    public var description: String {
        switch self {
        case .ingress: "ingress"
        case .egress: "egress"
        case .parent(let handle):
            String(handle >> 16, radix: 16) + ":" + String(handle & 0xffff, radix: 16)
        }
    }
}

/// A program that traffic control runs as a filter (`cls_bpf`).
public struct TrafficFilter: Hashable, Sendable {
    /// Where it runs.
    public let direction: TrafficDirection
    /// Lower ones run first.
    public let priority: UInt16
    /// The filter's number among those of its priority.
    public let handle: UInt32
    /// Which packets, by Ethernet type; 3 is all (`ETH_P_ALL`).
    public let protocolNumber: UInt16
    /// The name that the filter was given.
    public let name: String
    /// The program's number.
    public let program: UInt32
    /// Whether the program's result is what happens to the packet.
    public let isDirectAction: Bool
}
