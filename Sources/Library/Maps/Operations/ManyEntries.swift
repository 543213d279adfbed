public import EBPFKernel
public import EBPFMaps

extension WritableMap {
    /// Inserts or replaces many entries.
    ///
    /// - Throws: ``KernelError`` of the first that does not fit; those before it are in the map.
    public func update(
        contentsOf entries: some Sequence<(key: Key, value: Value)>, flags: UpdateFlags = .any
    ) throws(KernelError) {
        for entry in entries { try update(entry.key, entry.value, flags: flags) }
    }
}

extension RemovableMap {
    /// Removes many keys.
    ///
    /// - Returns: how many of them were there.
    /// - Throws: ``KernelError``.
    @discardableResult
    public func remove(contentsOf keys: some Sequence<Key>) throws(KernelError) -> Int {
        var count = 0
        for key in keys where try remove(key) { count += 1 }
        return count
    }
}

extension TakableMap where Self: WalkableMap {
    /// Takes all entries out: what is inserted meanwhile stays or comes along.
    ///
    /// - Throws: ``KernelError``.
    public func takeAll() throws(KernelError) -> [(key: Key, value: Value)] {
        var entries: [(key: Key, value: Value)] = []
        for key in try keys() {
            if let value = try take(key) { entries.append((key, value)) }
        }
        return entries
    }
}
