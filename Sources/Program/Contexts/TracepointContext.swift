/// The argument of a tracepoint's program: the fields that the tracepoint records.
///
/// `Fields` is a struct with the fields of `/sys/kernel/tracing/events/…/format`, in their order,
/// that begins with the eight bytes common to all.
public struct TracepointContext<Fields>: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The fields.
    @inline(__always)
    public var fields: Fields {
        _read { yield pointer.assumingMemoryBound(to: Fields.self).pointee }
    }
}
