extension PacketContext {
    /// Walks over the extension headers of the IPv6 packet that begins at `offset`: hop-by-hop and
    /// destination options, routing, fragment and authentication headers, six at most.
    ///
    /// - Returns: what they end with; `nil` if the packet ends before, or there are more.
    @inline(__always)
    public func ipv6Payload(at offset: Int) -> IPv6Payload? {
        guard let first = header(IPv6.self, at: offset) else { return nil }
        var next = first.value.next
        var place = offset + 40
        var isLater = false
        for _ in 0..<6 {
            guard next.isIPv6Extension else {
                return IPv6Payload(protocol: next, offset: place, isLaterFragment: isLater)
            }
            guard let part = header(IPv6Fragment.self, at: place) else { return nil }
            let fields = part.value
            if next == .ipv6Fragment {
                isLater = fields.offset.value & 0xfff8 != 0
                place += 8
            } else if next == .authentication {
                place += Int(fields.length) &* 4 &+ 8
            } else {
                place += Int(fields.length) &* 8 &+ 8
            }
            next = fields.next
        }
        return next.isIPv6Extension
            ? nil : IPv6Payload(protocol: next, offset: place, isLaterFragment: isLater)
    }
}

/// The first 4 bytes of a fragment header, which all extension headers have.
@usableFromInline
struct IPv6Fragment: BitwiseCopyable {
    @usableFromInline var next: IPProtocol
    @usableFromInline var length: UInt8
    @usableFromInline var offset: BigEndian<UInt16>
}
