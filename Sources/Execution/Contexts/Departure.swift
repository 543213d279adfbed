import EBPFBytecode

/// A copy of a packet that a program sent while the packet itself went on (`bpf_clone_redirect`).
public struct ClonedPacket: Hashable, Sendable {
    /// The index of the interface.
    public let interface: UInt32
    /// Whether it goes into the interface instead of out of it (`BPF_F_INGRESS`).
    public let isIngress: Bool
    /// The packet as it was when it was copied.
    public let bytes: [UInt8]
}

/// A packet that a program's verdict or a helper sends somewhere.
public struct Departure: Hashable, Sendable {
    /// Where it goes.
    public let destination: Redirect
    /// Its bytes.
    public let packet: [UInt8]
}

extension PacketResult {
    /// The packets that leave: clones first; then the packet itself, if the verdict sends it back
    /// (`XDP_TX`) or elsewhere (`XDP_REDIRECT`, `TC_ACT_REDIRECT`).
    ///
    /// A redirect helper alone sends nothing: what counts is the verdict.
    public var departures: [Departure] {
        var departures = clones.map {
            Departure(
                destination: .interface($0.interface, isIngress: $0.isIngress), packet: $0.bytes)
        }
        if let destination { departures.append(Departure(destination: destination, packet: packet)) }
        return departures
    }

    /// Where the verdict sends the packet.
    private var destination: Redirect? {
        switch (type, returned) {
        case (.xdp, 3): .interface(interface, isIngress: false)
        case (.xdp, 4), (.schedulerClassifier, 7), (.schedulerAction, 7), (.lwtTransmit, 7): redirect
        default: nil
        }
    }
}
