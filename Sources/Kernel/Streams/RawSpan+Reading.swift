extension RawSpan {
    /// A copy of the bytes.
    @inlinable public var array: [UInt8] {
        unsafe withUnsafeBytes { unsafe Array($0) }
    }

    /// A value of fixed layout at an offset, in this machine's byte order.
    ///
    /// - Returns: `nil` if fewer bytes are there than the value has.
    @inlinable
    @inline(__always)
    public func value<Value: BitwiseCopyable>(
        at offset: Int = 0, as type: Value.Type = Value.self
    ) -> Value? {
        let size = MemoryLayout<Value>.size
        guard offset >= 0, byteCount >= size, offset <= byteCount - size else { return nil }
        // SAFETY: the bytes were just found to be there, and any alignment is allowed.
        return unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type)
    }
}

extension [UInt8] {
    /// A value of fixed layout at an offset, in this machine's byte order.
    ///
    /// - Returns: `nil` if fewer bytes are there than the value has.
    func value<Value: BitwiseCopyable>(
        at offset: Int = 0, as type: Value.Type = Value.self
    ) -> Value? {
        // SAFETY: reading checks the bounds.
        unsafe span.bytes.value(at: offset, as: type)
    }
}
