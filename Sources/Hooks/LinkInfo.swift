public import EBPFBytecode
public import EBPFKernel

/// What the kernel tells about a link (`struct bpf_link_info`).
public struct LinkInfo: Hashable, Sendable {
    /// The kernel's number of the link.
    public let id: UInt32
    /// The kind, as the kernel numbers it; newer kernels have kinds that ``kind`` does not know.
    public let kindNumber: UInt32
    /// The program that runs at the hook; 0 for `struct_ops`, which are many.
    public let program: UInt32
    /// Where it is attached.
    public let details: LinkDetails

    /// The kind; ``LinkKind/unspecified`` if it is a newer one.
    public var kind: LinkKind { LinkKind(rawValue: kindNumber) ?? .unspecified }
}

/// Where a link attaches its program; which members there are depends on the kind.
public enum LinkDetails: Hashable, Sendable {
    /// On a network interface, by number; 0 once the interface is gone.
    case interface(UInt32, AttachType)
    /// On a control group, by the number that its directory has in the file system.
    case controlGroup(UInt64, AttachType?)
    /// On a network namespace, by its inode number; 0 once the namespace is gone.
    case networkNamespace(UInt32, AttachType?)
    /// At a netfilter hook.
    case netfilter(NetfilterPlace)
    /// On a socket map, by number.
    case socketMap(UInt32, AttachType?)
    /// The operations (`struct_ops`) in a map, by number; 0 once they are taken off.
    case structOperations(map: UInt32)
    /// A kind without details, or whose details are not decoded.
    case none
}

extension LinkInfo {
    /// Asks the kernel about an open link.
    ///
    /// - Throws: ``KernelError`` if it is not a link.
    public init(of descriptor: borrowing Descriptor) throws(KernelError) {
        let record: LinkInfoRecord = try descriptor.info("asking what a link is like")
        id = record.id
        kindNumber = record.type
        program = record.program
        details = Self.networkDetails(record)
    }

    /// The details of kinds that belong to the network.
    private static func networkDetails(_ record: LinkInfoRecord) -> LinkDetails {
        let first: UInt32 = record.detail(at: 0)
        let second = AttachType(rawValue: record.detail(at: 4))
        switch LinkKind(rawValue: record.type) {
        case .xdp:
            return .interface(first, .xdp)
        case .tcx:
            return .interface(first, second ?? .tcxIngress)
        case .netkit:
            return .interface(first, second ?? .netkitPrimary)
        case .controlGroup:
            let group = record.detail(at: 0, as: UInt64.self)
            return .controlGroup(group, AttachType(rawValue: record.detail(at: 8)))
        case .networkNamespace:
            return .networkNamespace(first, second)
        case .socketMap:
            return .socketMap(first, second)
        case .netfilter:
            return .netfilter(
                NetfilterPlace(
                    family: first, hook: record.detail(at: 4),
                    priority: record.detail(at: 8, as: Int32.self), flags: record.detail(at: 12)))
        case .structOperations:
            return .structOperations(map: first)
        default:
            return .none
        }
    }
}
