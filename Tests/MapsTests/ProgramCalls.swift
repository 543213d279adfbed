import EBPFBytecode

@testable import EBPFMaps

/// The operations that programs use, with byte arrays in place of a program's memory.
extension Map {
    func find(_ key: [UInt8], cpu: Int = 0) -> Int? {
        unsafe key.withUnsafeBytes { key in
            guard let key = key.baseAddress else { return nil }
            return unsafe programLookup(key, cpu: cpu)
        }
    }

    /// The value that a program would read through the pointer from its look-up.
    func bytes(_ key: [UInt8], cpu: Int = 0) -> [UInt8]? {
        guard let offset = find(key, cpu: cpu) else { return nil }
        return bytes(at: offset)
    }

    func bytes(at offset: Int, count: Int? = nil) -> [UInt8] {
        guard let memory = valueMemory else { return [] }
        let buffer = unsafe UnsafeRawBufferPointer(
            start: memory.base + offset,
            count: count ?? memory.valueSize
        )
        return unsafe [UInt8](buffer)
    }

    func poke(at offset: Int, _ bytes: [UInt8]) {
        guard let memory = valueMemory else { return }
        unsafe UnsafeMutableRawBufferPointer(start: memory.base + offset, count: bytes.count)
            .copyBytes(from: bytes)
    }

    func innerMap(_ key: [UInt8]) -> Map? {
        unsafe key.withUnsafeBytes { key in
            guard let key = key.baseAddress else { return nil }
            return unsafe programLookupMap(key)
        }
    }

    func set(
        _ key: [UInt8],
        _ value: [UInt8],
        flags: UInt64 = 0,
        cpu: Int = 0
    ) throws(KernelErrno) {
        try unsafe withBytes(key, value) { (key, value) throws(KernelErrno) in
            try unsafe programUpdate(key, value, flags: flags, cpu: cpu)
        }
    }

    func remove(_ key: [UInt8]) throws(KernelErrno) {
        try unsafe withBytes(key) { (key) throws(KernelErrno) in try unsafe programDelete(key) }
    }

    func push(_ value: [UInt8], flags: UInt64 = 0) throws(KernelErrno) {
        try unsafe withBytes(value) { (value) throws(KernelErrno) in
            try unsafe programPush(value, flags: flags)
        }
    }

    /// Visits all entries; the values as a program reads them.
    func visit(
        cpu: Int = 0,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> UInt64
    ) throws -> Int {
        try unsafe programForEach(cpu: cpu) { key, offset in
            let key = unsafe [UInt8](
                UnsafeRawBufferPointer(start: key, count: definition.keySize)
            )
            return try body(key, bytes(at: offset))
        }
    }
}

/// A number as a key or value of four bytes.
func word(_ number: Int) -> [UInt8] { ArrayIndex.bytes(UInt32(truncatingIfNeeded: number)) }

/// The error that `body` throws, `nil` if none.
func errno(_ body: () throws -> Void) -> KernelErrno? {
    do {
        try body()
        return nil
    } catch {
        return error as? KernelErrno
    }
}
