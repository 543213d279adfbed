/// A value from bytes; those that are missing are zero.
func plainValue<Value: BitwiseCopyable>(
    copying bytes: [UInt8], as type: Value.Type = Value.self
) -> Value {
    unsafe withUnsafeTemporaryAllocation(
        byteCount: max(MemoryLayout<Value>.stride, 1), alignment: MemoryLayout<Value>.alignment
    ) { room in
        unsafe room.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe room.copyBytes(from: bytes.prefix(room.count))
        // SAFETY: the room is as large and aligned as the type wants; any bits are a value.
        return unsafe room.load(as: Value.self)
    }
}

/// A value from bytes in memory; those that are missing are zero.
func plainValue<Value: BitwiseCopyable>(
    in bytes: borrowing RawSpan, as type: Value.Type = Value.self
) -> Value {
    unsafe withUnsafeTemporaryAllocation(
        byteCount: max(MemoryLayout<Value>.stride, 1), alignment: MemoryLayout<Value>.alignment
    ) { room in
        unsafe room.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe bytes.withUnsafeBytes { unsafe room.copyBytes(from: $0.prefix(room.count)) }
        // SAFETY: as above.
        return unsafe room.load(as: Value.self)
    }
}
