import EBPFBytecode
public import EBPFKernel

/// A hook of an interface that runs several programs in an order: tcx and netkit.
public enum InterfaceHook: Hashable, Sendable, CaseIterable {
    /// Packets that come in (tcx, Linux 6.6).
    case tcxIngress
    /// Packets that go out (tcx, Linux 6.6).
    case tcxEgress
    /// Packets that the primary device of a netkit pair sends (Linux 6.7).
    case netkitPrimary
    /// Packets that its peer sends; attached by way of the primary device.
    case netkitPeer

    /// `BPF_TCX_…`, `BPF_NETKIT_…`.
    var attachType: AttachType {
        switch self {
        case .tcxIngress: .tcxIngress
        case .tcxEgress: .tcxEgress
        case .netkitPrimary: .netkitPrimary
        case .netkitPeer: .netkitPeer
        }
    }

    /// Whether only netkit devices have it.
    var isNetkit: Bool { self == .netkitPrimary || self == .netkitPeer }

    /// What messages call the hook on an interface.
    func name(on interface: NetworkInterface) -> String { "\(self) of \(interface)" }
}

/// Whose packets a netkit device shows to programs.
public enum NetkitSide: Hashable, Sendable {
    /// Those that the primary device sends.
    case primary
    /// Those that its peer sends.
    case peer
}

extension InterfaceHook {
    /// The hook of a netkit pair.
    public static func netkit(_ side: NetkitSide) -> InterfaceHook {
        side == .primary ? .netkitPrimary : .netkitPeer
    }

    /// The hook of a direction.
    ///
    /// - Throws: ``KernelError`` for a `parent`, which exists only in traffic control.
    public static func tcx(_ direction: TrafficDirection) throws(KernelError) -> InterfaceHook {
        switch direction {
        case .ingress: return .tcxIngress
        case .egress: return .tcxEgress
        case .parent:
            throw KernelError(
                "attaching to tcx", .invalidArgument, reason: "tcx has no parent \(direction)",
                remedy: "attach it to ingress or egress, or by traffic control")
        }
    }
}

extension InterfaceHook: CustomStringConvertible {
    /// "tcx ingress", "tcx egress", "netkit", "netkit peer".
    public var description: String {
        switch self {
        case .tcxIngress: "tcx ingress"
        case .tcxEgress: "tcx egress"
        case .netkitPrimary: "netkit"
        case .netkitPeer: "netkit peer"
        }
    }
}
