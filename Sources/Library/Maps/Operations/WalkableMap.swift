public import EBPFKernel

/// A map whose keys applications may list.
public protocol WalkableMap: KeyedMap {}

extension WalkableMap {
    /// The keys that are there.
    ///
    /// - Throws: ``KernelError``.
    public func keys() throws(KernelError) -> [Key] {
        try map.walkedKeys().keys.map { plainValue(copying: $0) }
    }
}

extension WalkableMap where Self: ReadableMap {
    /// All entries, read many at a time where the kernel can.
    ///
    /// ```swift
    /// for (flow, bytes) in try flows.entries() { print(flow, bytes) }
    /// ```
    ///
    /// - Throws: ``KernelError``.
    public func entries() throws(KernelError) -> MapEntries<Key, Value> {
        if let kernelMap = map.kernelMap { return try Self.entries(of: kernelMap) }
        let raw = try map.entries()
        return MapEntries(
            entries: raw.map { (plainValue(copying: $0.key), plainValue(copying: $0.value)) },
            restarts: raw.restarts)
    }

    /// Straight from the memory that the kernel fills.
    private static func entries(
        of map: KernelMap
    ) throws(KernelError) -> MapEntries<Key, Value> {
        var entries: [(key: Key, value: Value)] = []
        var walk = map.walk()
        while try walk.advance() {
            walk.forEach { entries.append((plainValue(in: $0), plainValue(in: $1))) }
        }
        return MapEntries(entries: entries, restarts: walk.restarts)
    }

    /// How many entries there are; they are all read to find out.
    ///
    /// - Throws: ``KernelError``.
    public func count() throws(KernelError) -> Int { try map.walkedKeys().keys.count }
}

extension WalkableMap where Self: PerCPUReadableMap {
    /// All entries, read many at a time where the kernel can.
    ///
    /// - Throws: ``KernelError``.
    public func entries() throws(KernelError) -> MapEntries<Key, PerCPU<Value>> {
        let raw = try map.entries()
        return MapEntries(
            entries: raw.map { entry in
                let values = unsafe entry.value.withUnsafeBytes {
                    unsafe PerCPU<Value>(decoding: $0)
                }
                return (plainValue(copying: entry.key), values)
            }, restarts: raw.restarts)
    }

    /// How many keys there are; they are all read to find out.
    ///
    /// - Throws: ``KernelError``.
    public func count() throws(KernelError) -> Int { try map.walkedKeys().keys.count }
}
