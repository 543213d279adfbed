/// How an XDP program runs on an interface.
public enum XDPMode: String, CaseIterable, Sendable {
    /// In the network stack, on any interface, after a packet was given memory of its own
    /// (`XDP_FLAGS_SKB_MODE`).
    case generic
    /// In the driver, before the network stack sees the packet (`XDP_FLAGS_DRV_MODE`).
    case native
    /// In the network card (`XDP_FLAGS_HW_MODE`).
    case offload
}

extension XDPMode {
    /// `XDP_FLAGS_…` in `linux/if_link.h`.
    var flag: UInt32 {
        switch self {
        case .generic: 2
        case .native: 4
        case .offload: 8
        }
    }
}
