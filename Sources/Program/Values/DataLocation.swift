/// Where the record of a tracepoint has data of variable length (`__data_loc`).
public struct DataLocation: BitwiseCopyable, Sendable {
    @usableFromInline var bits: UInt32

    /// How many bytes after the beginning of the record it begins.
    @inline(__always)
    public var offset: Int { Int(bits & 0xffff) }

    /// How many bytes there are; of a text, its zero among them.
    @inline(__always)
    public var byteCount: Int { Int(bits >> 16) }
}

extension TracepointContext {
    /// The address of data of variable length.
    ///
    /// ```swift
    /// start.event.file.readKernelString(at: context.address(of: context.fields.filename))
    /// ```
    @inline(__always)
    public func address(of location: DataLocation) -> UInt {
        UInt(bitPattern: pointer) &+ UInt(bitPattern: location.offset)
    }
}
