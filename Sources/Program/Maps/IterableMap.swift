/// A map whose entries a program can go through.
public protocol IterableMap: LookupMap, ~Copyable {}

extension IterableMap where Self: ~Copyable {
    /// Calls a closure with each entry (`bpf_for_each_map_elem`, Linux 5.13).
    ///
    /// ```swift
    /// counts.forEach { _, key, value in
    ///     if counts.key(key) > 1024 { sum += counts.value(value).pointee }
    ///     return .next
    /// }
    /// ```
    ///
    /// - Returns: how many entries were visited, or an error number below 0.
    @inline(__always) @discardableResult
    public func forEach(
        _ body: (UnsafeMutableRawPointer, EntryKey, EntryValue) -> LoopStep
    ) -> Int {
        eachElement(address, body, 0)
    }

    /// The key of an entry.
    @inline(__always)
    public func key(_ key: EntryKey) -> Key {
        key.pointer.assumingMemoryBound(to: Key.self).pointee
    }

    /// The value of an entry, in the map's own memory.
    @inline(__always)
    public func value(_ value: EntryValue) -> UnsafeMutablePointer<Value> {
        value.pointer.assumingMemoryBound(to: Value.self)
    }
}

/// The key of an entry that the kernel shows.
public struct EntryKey: BitwiseCopyable {
    @usableFromInline let pointer: UnsafeRawPointer
}

/// The value of an entry that the kernel shows.
public struct EntryValue: BitwiseCopyable {
    @usableFromInline let pointer: UnsafeMutableRawPointer
}
