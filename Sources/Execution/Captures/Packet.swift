/// One packet of a capture: what was seen on the wire, when, and where.
public struct Packet: Hashable, Sendable {
    /// When it was seen, in nanoseconds since 1970-01-01 UTC; 0 where the file has no time for it.
    public var timestamp: UInt64
    /// How many bytes it had on the wire; at least as many as were captured.
    public var originalLength: Int
    /// The bytes that were captured, from the link layer's header on.
    public var bytes: [UInt8]
    /// The number of the interface in its section of the file, from 0.
    public var interface: Int
    /// What `bytes` begin with.
    public var linkType: LinkType

    /// A packet; without an original length it was captured whole.
    public init(
        timestamp: UInt64 = 0,
        originalLength: Int? = nil,
        bytes: [UInt8],
        interface: Int = 0,
        linkType: LinkType = .ethernet
    ) {
        self.timestamp = timestamp
        self.originalLength = max(originalLength ?? 0, bytes.count)
        self.bytes = bytes
        self.interface = interface
        self.linkType = linkType
    }
}
