/// Byte offsets in `struct xdp_md`.
///
/// Programs see the UAPI's layout. Where a kernel rewrites loads of `data` and `data_end` into loads
/// of pointers, here the addresses of packets simply fit into 32 bits.
enum XDPField {
    static let data = 0
    static let dataEnd = 4
    static let dataMeta = 8
    static let ingressInterface = 12
    static let receiveQueue = 16
    static let egressInterface = 20
    static let byteCount = 24
}

/// Byte offsets in `struct __sk_buff`.
enum SocketBufferField {
    static let length = 0
    static let packetType = 4
    static let mark = 8
    static let queueMapping = 12
    static let networkProtocol = 16
    static let vlanPresent = 20
    static let vlanTag = 24
    static let vlanProtocol = 28
    static let priority = 32
    static let ingressInterface = 36
    static let interface = 40
    static let trafficControlIndex = 44
    static let controlBlock = 48
    static let controlBlockEnd = 68
    static let hash = 68
    static let trafficControlClass = 72
    static let data = 76
    static let dataEnd = 80
    static let dataMeta = 140
    static let timestamp = 152
    static let wireLength = 160
    static let segmentCount = 164
    static let segmentSize = 176
    static let timestampKind = 180
    static let byteCount = 192
}
