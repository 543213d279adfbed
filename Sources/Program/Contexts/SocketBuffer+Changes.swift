extension SocketBuffer {
    /// A copy of bytes, wherever they lie (`bpf_skb_load_bytes`).
    @inline(__always)
    public func copy<Value: BitwiseCopyable>(
        _: Value.Type = Value.self, at offset: Int
    ) -> Value? {
        filled {
            Helpers.skbLoadBytes(
                pointer, UInt32(truncatingIfNeeded: offset), $0,
                UInt32(truncatingIfNeeded: MemoryLayout<Value>.size))
        }
    }

    /// Reads text of a length that the packet says (`bpf_skb_load_bytes`): at most as much as there is
    /// room for.
    ///
    /// - Returns: whether the packet has so many bytes, and it is not none.
    @inline(__always) @discardableResult
    public func read<let capacity: Int>(
        into text: inout FixedString<capacity>, at offset: Int, count: Int
    ) -> Bool {
        text = FixedString()
        let count = unknown(count)
        let length = count > capacity ? capacity : count
        guard length > 0 else { return false }
        return withUnsafeMutablePointer(to: &text) {
            Helpers.skbLoadBytes(
                pointer, UInt32(truncatingIfNeeded: offset), $0,
                UInt32(truncatingIfNeeded: length))
        } == 0
    }

    /// Writes bytes, wherever they lie (`bpf_skb_store_bytes`). Headers must be asked for again.
    @inline(__always) @discardableResult
    public func write<Value: BitwiseCopyable>(_ value: Value, at offset: Int) -> Bool {
        var value = value
        return Helpers.skbStoreBytes(
            pointer, UInt32(truncatingIfNeeded: offset), &value,
            UInt32(truncatingIfNeeded: MemoryLayout<Value>.size), 0) == 0
    }

    /// Brings so many bytes of the packet into reach of ``PacketContext/header(_:at:)``, 0 for all
    /// (`bpf_skb_pull_data`, Linux 4.9). Headers must be asked for again.
    @inline(__always) @discardableResult
    public func pull(_ count: Int) -> Bool {
        Helpers.skbPullData(pointer, UInt32(truncatingIfNeeded: count)) == 0
    }

    /// Keeps the checksum of an IP header right (`bpf_l3_csum_replace`).
    ///
    /// - Parameters:
    ///   - offset: where the checksum lies in the packet.
    ///   - size: 2 or 4, the bytes of the number that changes. Numbers are as they lie in packets.
    @inline(__always) @discardableResult
    public func updateHeaderChecksum(
        at offset: Int, from old: UInt64, to new: UInt64, size: UInt64
    ) -> Bool {
        Helpers.l3CsumReplace(pointer, UInt32(truncatingIfNeeded: offset), old, new, size) == 0
    }

    /// Keeps the checksum of TCP, UDP or ICMP right (`bpf_l4_csum_replace`).
    ///
    /// - Parameter ofPseudoHeader: the number is an address of the IP header.
    @inline(__always) @discardableResult
    public func updateChecksum(
        at offset: Int, from old: UInt64, to new: UInt64, size: UInt64,
        ofPseudoHeader: Bool = false
    ) -> Bool {
        Helpers.l4CsumReplace(
            pointer, UInt32(truncatingIfNeeded: offset), old, new,
            size | (ofPseudoHeader ? 0x10 : 0)) == 0
    }

    /// Puts a tag of a virtual network on (`bpf_skb_vlan_push`).
    @inline(__always) @discardableResult
    public func pushVLAN(_ identifier: UInt16) -> Bool {
        Helpers.skbVlanPush(pointer, UInt16(0x8100).bigEndian, identifier) == 0
    }

    /// Takes the tag of a virtual network off (`bpf_skb_vlan_pop`).
    @inline(__always) @discardableResult
    public func popVLAN() -> Bool { Helpers.skbVlanPop(pointer) == 0 }

    /// Makes or takes away room behind the Ethernet header, or behind the IP header
    /// (`bpf_skb_adjust_room`, Linux 4.13).
    @inline(__always) @discardableResult
    public func adjustRoom(
        by count: some FixedWidthInteger, behindIPHeader: Bool = false
    ) -> Bool {
        Helpers.skbAdjustRoom(
            pointer, Int32(truncatingIfNeeded: count), behindIPHeader ? 0 : 1, 0) == 0
    }

    /// Makes the packet longer or shorter at its end (`bpf_skb_change_tail`, Linux 4.9).
    @inline(__always) @discardableResult
    public func changeTail(to count: some FixedWidthInteger) -> Bool {
        Helpers.skbChangeTail(pointer, UInt32(truncatingIfNeeded: count), 0) == 0
    }

    /// The verdict that sends the packet to an interface (`bpf_redirect`).
    ///
    /// - Parameter ingress: it arrives there, as if it had been received.
    @inline(__always)
    public func redirect(to interface: UInt32, ingress: Bool = false) -> TrafficControlAction {
        TrafficControlAction(
            Int32(truncatingIfNeeded: Helpers.redirect(interface, ingress ? 1 : 0)))
    }

    /// The verdict that sends the packet to the peer of a virtual interface in another network
    /// namespace (`bpf_redirect_peer`, Linux 5.10).
    @inline(__always)
    public func redirectToPeer(of interface: UInt32) -> TrafficControlAction {
        TrafficControlAction(Int32(truncatingIfNeeded: Helpers.redirectPeer(interface, 0)))
    }

    /// The verdict that sends the packet out of an interface with the address of the next router
    /// filled in (`bpf_redirect_neigh`, Linux 5.10).
    @inline(__always)
    public func redirectToNeighbour(by interface: UInt32) -> TrafficControlAction {
        TrafficControlAction(
            Int32(truncatingIfNeeded: Helpers.redirectNeigh(interface, nil, 0, 0)))
    }

    /// Sends a copy of the packet to an interface (`bpf_clone_redirect`). Headers must be asked for
    /// again.
    @inline(__always) @discardableResult
    public func clone(to interface: UInt32, ingress: Bool = false) -> Bool {
        Helpers.cloneRedirect(pointer, interface, ingress ? 1 : 0) == 0
    }

    /// The cookie of its socket, a number that no other socket has; 0 if it has none
    /// (`bpf_get_socket_cookie`).
    @inline(__always)
    public var cookie: UInt64 { Helpers.getSocketCookie(pointer) }
}
