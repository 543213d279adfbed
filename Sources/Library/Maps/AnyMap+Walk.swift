import EBPFBytecode
public import EBPFKernel
import EBPFMaps

extension AnyMap {
    /// All entries as bytes; of a per-CPU map with the values of all CPUs.
    ///
    /// - Throws: ``KernelError``.
    public func entries() throws(KernelError) -> MapEntries<[UInt8], [UInt8]> {
        if let kernelMap { return try Self.entries(of: kernelMap) }
        let walk = try walkedKeys()
        var entries: [(key: [UInt8], value: [UInt8])] = []
        entries.reserveCapacity(walk.keys.count)
        for key in walk.keys {
            // A key that has gone since is no entry any more.
            guard let value = try value(of: key) else { continue }
            entries.append((key, value))
        }
        return MapEntries(entries: entries, restarts: walk.restarts)
    }

    /// Many entries at a time, as far as the kernel does it.
    private static func entries(
        of map: KernelMap
    ) throws(KernelError) -> MapEntries<[UInt8], [UInt8]> {
        var entries: [(key: [UInt8], value: [UInt8])] = []
        var walk = map.walk()
        while try walk.advance() {
            walk.forEach { entries.append(($0.array, $1.array)) }
        }
        return MapEntries(entries: entries, restarts: walk.restarts)
    }

    /// The keys, each once, and how often the walk came back to the front.
    ///
    /// A hash answers with its first key when the key before was removed meanwhile: then the walk
    /// goes on from there, and keys that it has are not taken again. It ends after as many steps
    /// as four walks of a full map would take, so that it ends even if others never stop.
    func walkedKeys() throws(KernelError) -> (keys: [[UInt8]], restarts: Int) {
        var keys: [[UInt8]] = []
        var known: Set<[UInt8]> = []
        var restarts = 0
        var previous: [UInt8]?
        let (limit, isHuge) = maxEntries.multipliedReportingOverflow(by: 4)
        for _ in 0..<(isHuge ? Int.max : limit + 4) {
            guard let key = try key(after: previous) else { break }
            if key == keys.first, previous != nil { restarts += 1 }
            if known.insert(key).inserted { keys.append(key) }
            previous = key
        }
        return (keys, restarts)
    }
}
