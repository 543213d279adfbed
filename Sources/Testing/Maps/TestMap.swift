import EBPF
public import EBPFProgram
public import Testing

/// A map of a test's world: what the program and the test share.
public struct TestMap<Key: BitwiseCopyable, Value: BitwiseCopyable> {
    let access: MapAccess

    /// The value of a key; `nil` if there is none. Setting `nil` removes the entry.
    public subscript(_ key: Key) -> Value? {
        get {
            access.attempt { try $0.value(of: bytes(of: key)) }.flatMap { $0 }
                .map { plainValue(copying: $0) }
        }
        nonmutating set {
            guard let newValue else {
                access.attempt { _ = try $0.remove(bytes(of: key)) }
                return
            }
            access.attempt { try $0.update(bytes(of: key), bytes(of: newValue)) }
        }
    }

    /// The value of a key, or one if there is none, to be changed in place.
    public subscript(_ key: Key, default initial: Value) -> Value {
        get { self[key] ?? initial }
        nonmutating set { self[key] = newValue }
    }

    /// All keys and values, in the order of the map.
    public var entries: [(key: Key, value: Value)] {
        guard let entries = access.attempt({ try $0.entries() }) else { return [] }
        return entries.map { (plainValue(copying: $0.key), plainValue(copying: $0.value)) }
    }

    /// How many entries there are.
    public var count: Int { entries.count }
}

extension TestWorld {
    /// A map of this world, by the global that declares it.
    ///
    /// ```swift
    /// world.map(blockedPorts)[22] = 0
    /// ```
    public func map<Map: LookupMap & ~Copyable>(
        _ global: borrowing Map, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestMap<Map.Key, Map.Value> {
        TestMap(access: access(global, sourceLocation))
    }
}
