/// A queue of messages from an application to programs (`BPF_MAP_TYPE_USER_RINGBUF`, Linux 6.1).
@_rawLayout(like: MapDefinition)
public struct UserRingBuffer<Event: BitwiseCopyable>: ~Copyable, ProgramMap, @unchecked Sendable {
    /// A buffer of so many bytes: a power of two, at least a page.
    @inline(__always)
    public init(byteCount: Int, pinned: Bool = false) {
        define(31, maxEntries: byteCount, pinned: pinned, roles: MapRoles.event)
    }

    /// Calls a closure with each message (`bpf_user_ringbuf_drain`), which reads it with
    /// ``RingMessage/read(as:)``.
    ///
    /// - Returns: how many messages there were, or an error number below 0.
    @inline(__always) @discardableResult
    public func drain(_ body: (RingMessage) -> LoopStep) -> Int { drainMessages(address, body, 0) }
}

/// A message of an application (`struct bpf_dynptr`).
public struct RingMessage: BitwiseCopyable {
    @usableFromInline let pointer: UnsafeMutableRawPointer

    /// A copy of the message; `nil` if it is shorter.
    @inline(__always)
    public func read<Event: BitwiseCopyable>(as _: Event.Type = Event.self) -> Event? {
        filled {
            Helpers.dynptrRead(
                $0, UInt32(truncatingIfNeeded: MemoryLayout<Event>.size), pointer, 0, 0)
        }
    }
}
