extension XDPContext {
    /// Moves the start of the packet: below 0 makes room for headers, above 0 takes bytes away
    /// (`bpf_xdp_adjust_head`). Headers must be asked for again.
    ///
    /// - Returns: whether there was room.
    @inline(__always)
    public func adjustHead(by count: some FixedWidthInteger) -> Bool {
        Helpers.xdpAdjustHead(pointer, Int32(truncatingIfNeeded: count)) == 0
    }

    /// Moves the end of the packet (`bpf_xdp_adjust_tail`, Linux 4.18). Headers must be asked for
    /// again.
    @inline(__always)
    public func adjustTail(by count: some FixedWidthInteger) -> Bool {
        Helpers.xdpAdjustTail(pointer, Int32(truncatingIfNeeded: count)) == 0
    }

    /// Moves the start of the metadata, in steps of 4 bytes: below 0 makes room
    /// (`bpf_xdp_adjust_meta`, Linux 4.15). Headers must be asked for again.
    @inline(__always)
    public func adjustMetadata(by count: some FixedWidthInteger) -> Bool {
        Helpers.xdpAdjustMeta(pointer, Int32(truncatingIfNeeded: count)) == 0
    }

    /// The metadata before the packet, which programs of traffic control see, too; `nil` if there
    /// is no room for it yet.
    @inline(__always)
    public func metadata<Fields>(_: Fields.Type) -> Header<Fields>? {
        let place = opaque(metadataStart)
        if place + MemoryLayout<Fields>.size > dataStart { return nil }
        return Header(place.assumingMemoryBound(to: Fields.self))
    }

    /// A copy of bytes, also from fragments out of reach (`bpf_xdp_load_bytes`, Linux 5.18).
    @inline(__always)
    public func copy<Value: BitwiseCopyable>(
        _: Value.Type = Value.self, at offset: Int
    ) -> Value? {
        filled {
            Helpers.xdpLoadBytes(
                pointer, UInt32(truncatingIfNeeded: offset), $0,
                UInt32(truncatingIfNeeded: MemoryLayout<Value>.size))
        }
    }

    /// Writes bytes, also into fragments out of reach (`bpf_xdp_store_bytes`, Linux 5.18).
    @inline(__always) @discardableResult
    public func write<Value: BitwiseCopyable>(_ value: Value, at offset: Int) -> Bool {
        var value = value
        return Helpers.xdpStoreBytes(
            pointer, UInt32(truncatingIfNeeded: offset), &value,
            UInt32(truncatingIfNeeded: MemoryLayout<Value>.size)) == 0
    }

    /// The verdict that sends the packet out of an interface (`bpf_redirect`).
    @inline(__always)
    public func redirect(to interface: UInt32) -> XDPAction {
        XDPAction(Int32(truncatingIfNeeded: Helpers.redirect(interface, 0)))
    }
}
