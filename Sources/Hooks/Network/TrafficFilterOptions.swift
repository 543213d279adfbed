/// Where and how traffic control runs a program.
public struct TrafficFilterOptions: Hashable, Sendable {
    /// Where it runs.
    public var direction: TrafficDirection
    /// Lower ones run first; 0 lets the kernel choose one below all others.
    public var priority: UInt16
    /// The filter's number among those of its priority; 0 lets the kernel choose.
    public var handle: UInt32
    /// Whether the program's result is what happens to the packet (`TC_ACT_…`); else it is a class.
    public var isDirectAction: Bool
    /// Which packets, by Ethernet type; 3 is all (`ETH_P_ALL`).
    public var protocolNumber: UInt16

    /// All packets of a direction, with the result as action.
    public init(
        _ direction: TrafficDirection, priority: UInt16 = 0, handle: UInt32 = 0,
        isDirectAction: Bool = true, protocolNumber: UInt16 = 3
    ) {
        self.direction = direction
        self.priority = priority
        self.handle = handle
        self.isDirectAction = isDirectAction
        self.protocolNumber = protocolNumber
    }
}
