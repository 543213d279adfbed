public import EBPFKernel
public import EBPFMaps

/// A map whose keys and values are known to be laid out like Swift types; what typed maps hold.
///
/// Only ``LoadedObject/map(_:as:)`` and ``TypedMap/init(opening:)`` make one, after the check.
public struct MapBinding: Sendable {
    /// The map.
    public let map: AnyMap
    /// The bytes of a key and of a value that belong to no member: they are always zero, so that
    /// equal keys are equal bytes and no memory of this process leaks.
    @usableFromInline let keyPadding: [Range<Int>]
    @usableFromInline let valuePadding: [Range<Int>]

    init(_ map: AnyMap, keyPadding: [Range<Int>], valuePadding: [Range<Int>]) {
        self.map = map
        self.keyPadding = keyPadding
        self.valuePadding = valuePadding
    }
}

extension MapBinding {
    /// Reads the value of a key, or takes it out.
    ///
    /// Keys without padding go to the kernel from where they are.
    @inlinable
    func read<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ operation: ElementOperation, _ key: Key, _ flags: UpdateFlags
    ) throws(KernelError) -> Value? {
        guard isPlain(Key.self, keyPadding, map.keySize)
        else { return try readPadded(operation, key, flags) }
        // SAFETY: the binding was made for these types: a value has at most the stride of its
        // Swift type, whose bits may be any.
        let (errno, value): (Int32, Value?) = unsafe withUnsafeTemporaryAllocation(
            of: Value.self, capacity: 1
        ) { room in
            let errno = unsafe withUnsafePointer(to: key) {
                unsafe map.attempt(operation, $0, room.baseAddress, flags)
            }
            return (errno, errno == 0 ? unsafe room[0] : nil)
        }
        if errno != 0 { _ = try map.isThere(operation, errno) }
        return value
    }

    @inlinable
    @inline(never)
    func readPadded<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ operation: ElementOperation, _ key: Key, _ flags: UpdateFlags
    ) throws(KernelError) -> Value? {
        try unsafe withStorage(of: key, padding: keyPadding) { key throws(KernelError) in
            // SAFETY: as above.
            try unsafe withUninitialized(Value.self) { value throws(KernelError) in
                let isThere = unsafe try map.perform(operation, key, value, flags: flags)
                return isThere ? unsafe value.load(as: Value.self) : nil
            }
        }
    }

    /// Whether a value of a Swift type is what the map has, byte by byte.
    @inlinable
    @inline(__always)
    func isPlain<Value>(_ type: Value.Type, _ padding: [Range<Int>], _ size: Int) -> Bool {
        padding.isEmpty && size <= MemoryLayout<Value>.size
    }

    /// Sets the value of a key.
    @inlinable
    func write<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ key: Key, _ value: Value, _ flags: UpdateFlags
    ) throws(KernelError) {
        guard isPlain(Key.self, keyPadding, map.keySize),
            isPlain(Value.self, valuePadding, map.valueSize)
        else { return try writePadded(key, value, flags) }
        let errno = unsafe withUnsafePointer(to: key) { key in
            unsafe withUnsafePointer(to: value) {
                unsafe map.attempt(.update, key, UnsafeMutableRawPointer(mutating: $0), flags)
            }
        }
        if errno != 0 { _ = try map.isThere(.update, errno) }
    }

    @inlinable
    @inline(never)
    func writePadded<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ key: Key, _ value: Value, _ flags: UpdateFlags
    ) throws(KernelError) {
        try unsafe withStorage(of: key, padding: keyPadding) { key throws(KernelError) in
            try unsafe withStorage(of: value, padding: valuePadding) {
                value throws(KernelError) in
                _ = unsafe try map.perform(.update, key, value, flags: flags)
            }
        }
    }

    /// Removes a key; says whether it was there.
    @inlinable
    func erase<Key: BitwiseCopyable>(_ key: Key) throws(KernelError) -> Bool {
        try unsafe withStorage(of: key, padding: keyPadding) { key throws(KernelError) in
            unsafe try map.perform(.remove, key, nil)
        }
    }

    /// Reads or takes a value of a map without keys.
    @inlinable
    func read<Value: BitwiseCopyable>(
        _ operation: ElementOperation, as type: Value.Type = Value.self
    ) throws(KernelError) -> Value? {
        try unsafe withUninitialized(Value.self) { value throws(KernelError) in
            let isThere = unsafe try map.perform(operation, nil, value)
            return isThere ? unsafe value.load(as: Value.self) : nil
        }
    }

    /// Hands a value to a map without keys; says whether it knew it, where it looks it up.
    @inlinable
    func hand<Value: BitwiseCopyable>(
        _ operation: ElementOperation, _ value: Value, _ flags: UpdateFlags = []
    ) throws(KernelError) -> Bool {
        try unsafe withStorage(of: value, padding: valuePadding) { value throws(KernelError) in
            unsafe try map.perform(operation, nil, value, flags: flags)
        }
    }
}

extension MapBinding {
    /// The values of a key for all CPUs.
    @inlinable
    func readAll<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ operation: ElementOperation, _ key: Key
    ) throws(KernelError) -> PerCPU<Value>? {
        try unsafe withStorage(of: key, padding: keyPadding) { key throws(KernelError) in
            try unsafe withBuffer(map.valueByteCount) { buffer throws(KernelError) in
                guard let start = buffer.baseAddress, unsafe try map.perform(operation, key, start)
                else { return nil }
                return unsafe PerCPU(decoding: UnsafeRawBufferPointer(buffer))
            }
        }
    }

    /// Sets the values of a key for all CPUs.
    @inlinable
    func writeAll<Key: BitwiseCopyable, Value: BitwiseCopyable>(
        _ key: Key, _ values: PerCPU<Value>, _ flags: UpdateFlags
    ) throws(KernelError) {
        guard values.count == map.valuesPerKey else {
            throw KernelError(
                "updating \(map)", .invalidArgument,
                reason: "it has a value for each of \(map.valuesPerKey) CPUs, not \(values.count)")
        }
        try unsafe withStorage(of: key, padding: keyPadding) { key throws(KernelError) in
            try unsafe withBuffer(map.valueByteCount) { buffer throws(KernelError) in
                unsafe values.encode(into: buffer, padding: valuePadding)
                _ = unsafe try map.perform(.update, key, buffer.baseAddress, flags: flags)
            }
        }
    }
}

/// Memory on the stack that holds a value, with zeros where it has no members.
// SAFETY: the room has the stride of the type, which is what the kernel may read of it.
@unsafe
@inlinable
@inline(__always)
func withStorage<Value: BitwiseCopyable, Result>(
    of value: Value, padding: [Range<Int>],
    _ body: (UnsafeMutableRawPointer) throws(KernelError) -> Result
) throws(KernelError) -> Result {
    try unsafe withUninitialized(Value.self) { place throws(KernelError) in
        unsafe place.storeBytes(of: value, as: Value.self)
        for range in padding {
            unsafe (place + range.lowerBound).initializeMemory(
                as: UInt8.self, repeating: 0, count: range.count)
        }
        return unsafe try body(place)
    }
}

/// Room for one value of a type on the stack: as many bytes as its stride.
@unsafe
@inlinable
@inline(__always)
func withUninitialized<Value: BitwiseCopyable, Result>(
    _ type: Value.Type, _ body: (UnsafeMutableRawPointer) throws(KernelError) -> Result
) throws(KernelError) -> Result {
    let result: Swift.Result<Result, KernelError> = unsafe withUnsafeTemporaryAllocation(
        byteCount: MemoryLayout<Value>.stride, alignment: MemoryLayout<Value>.alignment
    ) { room in
        guard let start = room.baseAddress else {
            return .failure(KernelError("making room for a value", .noMemory))
        }
        do throws(KernelError) {
            return .success(unsafe try body(start))
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}

/// Zeroed room on the stack, or on the heap if it is large.
@unsafe
@inlinable
func withBuffer<Result>(
    _ byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) throws(KernelError) -> Result
) throws(KernelError) -> Result {
    let result: Swift.Result<Result, KernelError> = unsafe withUnsafeTemporaryAllocation(
        byteCount: byteCount, alignment: 16
    ) { room in
        unsafe room.initializeMemory(as: UInt8.self, repeating: 0)
        do throws(KernelError) {
            return .success(unsafe try body(room))
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}
