/// What a socket buffer knows about its packet and does not show in the context.
///
/// Offsets count from the packet's first visible byte, so they may be negative.
struct PacketHeaders: Hashable {
    /// Where the link header begins.
    var linkOffset = 0
    /// Where the network header begins.
    var networkOffset = Self.ethernetByteCount
    /// Where the transport header begins, if a helper put one there.
    var transportOffset: Int?
    /// What is known about checksums (`ip_summed`).
    var checksum = Checksum.unknown
    /// Whether a helper put the packet into another one.
    var isEncapsulated = false
    /// Whether the context's hash is one; zero does not say.
    var hasHash = false

    /// The number of bytes of an Ethernet header (`ETH_HLEN`).
    static let ethernetByteCount = 14
    /// The number of bytes of an Ethernet header with a VLAN tag (`VLAN_ETH_HLEN`).
    static let taggedEthernetByteCount = 18

    /// How far the network header is from the link header.
    var linkByteCount: Int { networkOffset - linkOffset }

    /// How short a packet may be made.
    var minimumByteCount: Int {
        if let transportOffset, transportOffset > 0 { return transportOffset }
        return max(networkOffset, 0)
    }

    /// Bytes before the network header appear (`count` > 0) or go.
    mutating func moveNetworkHeader(by count: Int) {
        networkOffset += count
        moveTransportHeader(by: count)
    }

    /// Bytes before the transport header appear (`count` > 0) or go.
    mutating func moveTransportHeader(by count: Int) {
        transportOffset = transportOffset.map { $0 + count }
    }

    /// What is known about a packet's checksums.
    enum Checksum: Hashable {
        /// Nothing (`CHECKSUM_NONE`).
        case unknown
        /// They were verified, with so many more inside (`CHECKSUM_UNNECESSARY`).
        case verified(level: Int)
    }
}

/// Types of Ethernet frames (`ETH_P_…` in `linux/if_ether.h`).
enum EtherType {
    static let ipv4: UInt16 = 0x0800
    static let ipv6: UInt16 = 0x86dd
    static let vlan: UInt16 = 0x8100
    static let serviceVLAN: UInt16 = 0x88a8
    /// Not types of the wire, but what Linux calls frames with a length instead of a type.
    static let ieee8023: UInt16 = 0x0001
    static let ieee8022: UInt16 = 0x0004

    /// Whether a type announces a VLAN tag.
    static func isVLAN(_ type: UInt16) -> Bool { type == vlan || type == serviceVLAN }
}

extension ContextState {
    /// The type of what follows the link header, as the number of the standards.
    var networkProtocol: UInt16 {
        get {
            UInt16(truncatingIfNeeded: self[word: SocketBufferField.networkProtocol]).byteSwapped
        }
        set { self[word: SocketBufferField.networkProtocol] = UInt32(newValue.byteSwapped) }
    }

    /// The VLAN tag that is kept beside the packet.
    var vlan: VLANTag? {
        get {
            guard self[word: SocketBufferField.vlanPresent] != 0 else { return nil }
            let type = UInt16(truncatingIfNeeded: self[word: SocketBufferField.vlanProtocol])
            let control = UInt16(truncatingIfNeeded: self[word: SocketBufferField.vlanTag])
            return VLANTag(type: type.byteSwapped, control: control)
        }
        set {
            self[word: SocketBufferField.vlanPresent] = newValue == nil ? 0 : 1
            self[word: SocketBufferField.vlanTag] = UInt32(newValue?.control ?? 0)
            self[word: SocketBufferField.vlanProtocol] = UInt32(newValue?.type.byteSwapped ?? 0)
        }
    }

    /// The packet's flow hash; `nil` if there is none.
    var hash: UInt32? {
        get { headers.hasHash ? self[word: SocketBufferField.hash] : nil }
        set {
            headers.hasHash = newValue != nil
            self[word: SocketBufferField.hash] = newValue ?? 0
        }
    }
}
