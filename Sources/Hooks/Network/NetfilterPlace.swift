/// A place among the hooks of netfilter, where packets are judged in the order of priorities.
public struct NetfilterPlace: Hashable, Sendable {
    /// Which packets (`NFPROTO_…` in `linux/netfilter.h`).
    public enum Family: UInt32, CaseIterable, Sendable {
        /// IPv4 packets (`NFPROTO_IPV4`).
        case ipv4 = 2
        /// IPv6 packets (`NFPROTO_IPV6`).
        case ipv6 = 10
    }

    /// Where on a packet's way (`NF_INET_…` in `linux/netfilter.h`).
    public enum Hook: UInt32, CaseIterable, Sendable {
        /// Just received (`NF_INET_PRE_ROUTING`).
        case preRouting = 0
        /// For this machine (`NF_INET_LOCAL_IN`).
        case localIn
        /// For another machine (`NF_INET_FORWARD`).
        case forward
        /// Made by this machine (`NF_INET_LOCAL_OUT`).
        case localOut
        /// About to be sent (`NF_INET_POST_ROUTING`).
        case postRouting
    }

    /// The protocol family's number, `pf`.
    public var family: UInt32
    /// The hook's number, `hooknum`.
    public var hook: UInt32
    /// Lower ones come first; each may be taken once. Not the least and greatest possible number.
    public var priority: Int32
    /// Flags of the attachment: `BPF_F_NETFILTER_IP_DEFRAG` is 1.
    public var flags: UInt32

    /// A place by numbers, as the kernel tells them.
    init(family: UInt32, hook: UInt32, priority: Int32, flags: UInt32) {
        (self.family, self.hook) = (family, hook)
        (self.priority, self.flags) = (priority, flags)
    }

    /// A place on the way of packets.
    ///
    /// - Parameters:
    ///   - priority: lower ones come first; connection tracking is at -200, its defragmentation
    ///     at -400 (`enum nf_ip_hook_priorities`).
    ///   - defragmented: whether the program is to see whole packets only
    ///     (`BPF_F_NETFILTER_IP_DEFRAG`, Linux 6.6); then the priority must be above -400.
    public init(
        _ family: Family, _ hook: Hook, priority: Int32 = 0, defragmented: Bool = false
    ) {
        self.init(
            family: family.rawValue, hook: hook.rawValue, priority: priority,
            flags: defragmented ? 1 : 0)
    }
}

extension NetfilterPlace: CustomStringConvertible {
    /// The place as messages name it: "netfilter ipv4 prerouting, priority -128".
    public var description: String { "netfilter \(familyName) \(hookName), priority \(priority)" }

    /// "ipv4", "ipv6", or the number of another family.
    public var familyName: String { Family(rawValue: family).map { "\($0)" } ?? "\(family)" }

    /// "prerouting", "input", "forward", "output", "postrouting" as nft calls them, or the number.
    public var hookName: String {
        switch Hook(rawValue: hook) {
        case .preRouting: "prerouting"
        case .localIn: "input"
        case .forward: "forward"
        case .localOut: "output"
        case .postRouting: "postrouting"
        case nil: "\(hook)"
        }
    }
}
