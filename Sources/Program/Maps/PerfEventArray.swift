/// A buffer of events for each processor (`BPF_MAP_TYPE_PERF_EVENT_ARRAY`), for kernels before ring
/// buffers (5.8).
@_rawLayout(like: MapDefinition)
public struct PerfEventArray<Event: BitwiseCopyable>: ~Copyable, ProgramMap, @unchecked Sendable {
    /// Buffers for at most `processors` processors; 0 leaves the number to the loader.
    @inline(__always)
    public init(processors: Int = 0, pinned: Bool = false) {
        define(4, key: 4, value: 4, maxEntries: processors, pinned: pinned, roles: MapRoles.event)
    }

    /// Sends a copy of an event to the buffer of this processor (`bpf_perf_event_output`).
    ///
    /// - Returns: whether there was room, and a reader.
    @inline(__always) @discardableResult
    public func send(_ event: Event, _ context: some ProgramContext) -> Bool {
        var event = event
        let count = UInt64(truncatingIfNeeded: MemoryLayout<Event>.size)
        return Helpers.perfEventOutput(
            context.pointer, address, 0xffff_ffff, &event, count)
            == 0
    }
}
