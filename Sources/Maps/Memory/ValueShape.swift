/// How the bytes of a value are copied: around the fields that the kernel manages.
struct ValueShape: Sendable {
    /// The size of one value in bytes.
    let valueSize: Int
    /// Where the value's lock is, if it has one.
    let lockOffset: Int?
    private let reserved: [Range<Int>]

    init(_ definition: MapDefinition) {
        valueSize = definition.valueSize
        reserved = definition.specialFields.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
        lockOffset = definition.specialFields.first { $0.kind == .spinLock }?.offset
    }

    /// Fills a new value; special fields start as zero.
    @inline(__always)
    func initialize(_ target: UnsafeMutableRawPointer, from source: UnsafeRawPointer) {
        unsafe target.copyMemory(from: source, byteCount: valueSize)
        guard !reserved.isEmpty else { return }
        unsafe clearReserved(target)
    }

    /// Overwrites a value in its place; special fields stay as they are.
    @inline(__always)
    func overwrite(_ target: UnsafeMutableRawPointer, from source: UnsafeRawPointer) {
        guard !reserved.isEmpty else {
            return unsafe target.copyMemory(from: source, byteCount: valueSize)
        }
        unsafe overwriteAroundReserved(target, from: source)
    }

    /// Overwrites a value, holding its lock if the flags say so.
    func overwrite(
        _ target: UnsafeMutableRawPointer,
        from source: UnsafeRawPointer,
        _ flags: UpdateFlags
    ) {
        guard flags.contains(.lock), let lockOffset else {
            return unsafe overwrite(target, from: source)
        }
        unsafe ValueLock.acquire(at: target + lockOffset)
        unsafe overwrite(target, from: source)
        unsafe ValueLock.release(at: target + lockOffset)
    }

    /// Copies a value out; special fields read as zero.
    func read(
        _ source: UnsafeMutableRawPointer,
        into target: UnsafeMutableRawPointer,
        _ flags: UpdateFlags
    ) {
        guard flags.contains(.lock), let lockOffset else {
            return unsafe initialize(target, from: source)
        }
        unsafe ValueLock.acquire(at: source + lockOffset)
        unsafe initialize(target, from: source)
        unsafe ValueLock.release(at: source + lockOffset)
    }

    /// A copy of a value as bytes.
    func bytes(
        at source: UnsafeMutableRawPointer,
        _ flags: UpdateFlags = []
    ) -> [UInt8] {
        let size = valueSize
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            if let target = buffer.baseAddress {
                unsafe read(source, into: UnsafeMutableRawPointer(target), flags)
            }
            count = size
        }
    }

    private func clearReserved(_ target: UnsafeMutableRawPointer) {
        for range in reserved {
            unsafe (target + range.lowerBound).initializeMemory(
                as: UInt8.self,
                repeating: 0,
                count: range.count
            )
        }
    }

    private func overwriteAroundReserved(
        _ target: UnsafeMutableRawPointer,
        from source: UnsafeRawPointer
    ) {
        var start = 0
        for range in reserved {
            let count = range.lowerBound &- start
            if count > 0 {
                unsafe (target + start).copyMemory(from: source + start, byteCount: count)
            }
            start = max(start, range.upperBound)
        }
        if start < valueSize {
            unsafe (target + start).copyMemory(from: source + start, byteCount: valueSize &- start)
        }
    }
}
