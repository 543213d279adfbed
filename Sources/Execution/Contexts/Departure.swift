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
    /// Where it goes; through a map, this is one entry of it.
    public let destination: Redirect
    /// Its bytes.
    public let packet: [UInt8]
}

extension PacketResult {
    /// The packets that leave: clones first; then the packet itself, if the verdict sends it back
    /// (`XDP_TX`) or elsewhere (`XDP_REDIRECT`, `TC_ACT_REDIRECT`), once for each destination.
    ///
    /// A redirect helper alone sends nothing: what counts is the verdict.
    public var departures: [Departure] {
        let copies = clones.map {
            Departure(
                destination: .interface($0.interface, isIngress: $0.isIngress),
                packet: $0.bytes
            )
        }
        return copies + destinations.map { Departure(destination: $0, packet: packet) }
    }

    /// Where the verdict sends the packet.
    private var destinations: [Redirect] {
        switch (type, returned) {
        case (.xdp, 3): [.interface(interface, isIngress: false)]
        case (.xdp, 4), (.schedulerClassifier, 7), (.schedulerAction, 7), (.lwtTransmit, 7):
            redirect.map(\.destinations) ?? []
        default: []
        }
    }
}

extension Redirect {
    /// Each entry of a map for itself.
    private func single(_ redirect: MapRedirect, _ place: MapRedirect.Destination) -> Redirect {
        .map(
            MapRedirect(
                map: redirect.map,
                type: redirect.type,
                key: redirect.key,
                destinations: [place]
            )
        )
    }

    fileprivate var destinations: [Redirect] {
        guard case .map(let redirect) = self else { return [self] }
        return redirect.destinations.map { single(redirect, $0) }
    }
}
