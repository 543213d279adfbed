/// The argument of an iterator's program: the file that is written, and the object of the turn.
public struct IteratorContext<Object>: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The object of this turn; `nil` in the last one, after all objects.
    @inline(__always)
    public var object: TrustedPointer<Object>? {
        guard let raw = load(8, as: UnsafeMutableRawPointer?.self) else { return nil }
        return TrustedPointer(raw)
    }

    /// Writes bytes to the reader (`bpf_seq_write`); returns whether there was room.
    @inline(__always) @discardableResult
    public func write<Record: BitwiseCopyable>(_ record: Record) -> Bool {
        var record = record
        let meta = load(0, as: UnsafeRawPointer.self)
        let file = meta.assumingMemoryBound(to: UnsafeMutableRawPointer.self).pointee
        return Helpers.seqWrite(
            file, &record, UInt32(truncatingIfNeeded: MemoryLayout<Record>.size)) == 0
    }
}
