/// A question to the kernel's routes, and the answer (`struct bpf_fib_lookup`).
///
/// ```swift
/// var route = RouteLookup(from: ip.value.source, to: ip.value.destination, by: packet.interface)
/// if route.find(packet) == 0 { ethernet.value.destination = route.nextHardware }
/// ```
public struct RouteLookup: BitwiseCopyable, Sendable {
    /// 2 for IPv4, 10 for IPv6.
    public var family: UInt8
    /// What the packet carries; 0 if rules do not ask.
    public var `protocol`: UInt8
    /// The port it was sent from.
    public var sourcePort: BigEndian<UInt16>
    /// The port it is for.
    public var destinationPort: BigEndian<UInt16>
    /// The length of the packet, or 0; then the size that the route permits.
    public var totalLength: UInt16
    /// The interface it came in by; then the one it leaves by.
    public var interface: UInt32
    /// The type of service, or flow information.
    public var service: UInt32
    @usableFromInline var source: IPv6Address
    @usableFromInline var destination: IPv6Address
    @usableFromInline var vlan: UInt32
    /// Of the answer: the hardware address to send from.
    public var ownHardware: MACAddress
    /// Of the answer: the hardware address of the next router.
    public var nextHardware: MACAddress

    /// A question about a packet of IPv4.
    @inline(__always)
    public init(from source: IPv4Address, to destination: IPv4Address, by interface: UInt32) {
        self.init(
            family: 2, IPv6Address(words: source.stored, 0, 0, 0),
            IPv6Address(words: destination.stored, 0, 0, 0), interface)
    }

    /// A question about a packet of IPv6.
    @inline(__always)
    public init(from source: IPv6Address, to destination: IPv6Address, by interface: UInt32) {
        self.init(family: 10, source, destination, interface)
    }

    @inline(__always) @usableFromInline
    init(
        family: UInt8, _ source: IPv6Address, _ destination: IPv6Address, _ interface: UInt32
    ) {
        self.family = family
        self.protocol = 0
        sourcePort = BigEndian(0)
        destinationPort = BigEndian(0)
        totalLength = 0
        self.interface = interface
        service = 0
        self.source = source
        self.destination = destination
        vlan = 0
        ownHardware = MACAddress(bytes: InlineArray(repeating: 0))
        nextHardware = MACAddress(bytes: InlineArray(repeating: 0))
    }

    /// Asks (`bpf_fib_lookup`, Linux 4.18).
    ///
    /// - Returns: 0 if the answer is there; above 0 why the packet cannot be forwarded
    ///   (`BPF_FIB_LKUP_RET_…`); below 0 an error number.
    @inline(__always)
    public mutating func find(_ context: some PacketContext, flags: UInt32 = 0) -> Int {
        withUnsafeMutablePointer(to: &self) {
            Helpers.fibLookup(context.pointer, $0, 64, flags)
        }
    }
}
