extension SocketBuffer {
    /// A copy of a header that begins `offset` bytes into the packet, from wherever the packet is
    /// (`bpf_skb_load_bytes`); `nil` if the packet ends before.
    @inline(__always)
    public func copy<Fields: BitwiseCopyable>(_: Fields.Type, at offset: Int) -> Fields? {
        withUnsafeTemporaryAllocation(of: Fields.self, capacity: 1) { room in
            let place = room.baseAddress.unsafelyUnwrapped
            let result = helper(
                26,
                as: (@convention(c) (
                    UnsafeRawPointer, UInt32, UnsafeMutableRawPointer, UInt32
                ) -> Int).self
            )(
                pointer, UInt32(truncatingIfNeeded: offset), place,
                UInt32(truncatingIfNeeded: MemoryLayout<Fields>.size))
            return result == 0 ? place.pointee : nil
        }
    }
}
