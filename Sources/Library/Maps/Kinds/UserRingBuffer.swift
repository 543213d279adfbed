public import EBPFBytecode
public import EBPFKernel

/// Events from the application to programs, which take them out with `bpf_user_ringbuf_drain`
/// (`BPF_MAP_TYPE_USER_RINGBUF`, Linux 6.1).
public struct UserRingBuffer<Event: BitwiseCopyable>: TypedMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.userRingBuffer] }
    /// There are no keys.
    public static var keyType: (any BitwiseCopyable.Type)? { nil }
    /// There are no values.
    public static var valueType: (any BitwiseCopyable.Type)? { nil }
    /// ``Event``.
    public static var eventType: (any BitwiseCopyable.Type)? { Event.self }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// Sends an event with the room after it (`sizeof` in C); bytes that belong to no member are zero.
    ///
    /// - Throws: ``KernelError``; `ENOSPC` if there is no room until a program takes events out.
    public func send(_ event: Event) throws(KernelError) {
        try unsafe map.recordWriter().send(map, byteCount: MemoryLayout<Event>.stride) {
            room throws(KernelError) in
            // SAFETY: the storage has the stride of an event, the room, too.
            try unsafe withStorage(of: event, padding: binding.valuePadding) { start in
                unsafe room.copyMemory(
                    from: UnsafeRawBufferPointer(start: start, count: room.count))
            }
        }
    }

    /// Sends bytes, for events of changing length.
    ///
    /// - Throws: ``KernelError``; `ENOSPC` if there is no room until a program takes events out,
    ///   `E2BIG` if there never will be.
    public func send(bytes: [UInt8]) throws(KernelError) {
        try unsafe map.recordWriter().send(map, byteCount: bytes.count) { room in
            unsafe room.copyBytes(from: bytes)
        }
    }

    /// Waits until a program has taken events out, which keeps the thread.
    ///
    /// - Parameter timeout: `nil` waits for ever.
    /// - Returns: whether there may be room; false when the time is over.
    /// - Throws: ``KernelError``.
    public func waitForRoom(timeout: Duration? = nil) throws(KernelError) -> Bool {
        try map.recordWriter().waitForRoom(
            until: timeout.map { ContinuousClock.now + $0 })
    }
}
