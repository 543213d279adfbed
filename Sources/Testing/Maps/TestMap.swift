import EBPF
public import EBPFProgram
public import Testing

/// A map of a test's world: what the program and the test share.
public struct TestMap<Key: BitwiseCopyable, Value: BitwiseCopyable> {
    let state: WorldState
    let map: EBPF.AnyMap?
    let location: SourceLocation

    /// The value of a key; `nil` if there is none. Setting `nil` removes the entry.
    public subscript(_ key: Key) -> Value? {
        get {
            attempt { try $0.value(of: bytes(of: key)) }.flatMap { $0 }
                .map { plainValue(copying: $0) }
        }
        nonmutating set {
            guard let newValue else {
                _ = attempt { try $0.remove(bytes(of: key)) }
                return
            }
            attempt { try $0.update(bytes(of: key), bytes(of: newValue)) }
        }
    }

    /// The value of a key, or one if there is none, to be changed in place.
    public subscript(_ key: Key, default initial: Value) -> Value {
        get { self[key] ?? initial }
        nonmutating set { self[key] = newValue }
    }

    /// All keys and values, in the order of the map.
    public var entries: [(key: Key, value: Value)] {
        guard let entries = attempt({ try $0.entries() }) else { return [] }
        return entries.map { (plainValue(copying: $0.key), plainValue(copying: $0.value)) }
    }

    /// How many entries there are.
    public var count: Int { entries.count }

    @discardableResult
    private func attempt<Result>(_ body: (EBPF.AnyMap) throws -> Result) -> Result? {
        state.attempt(map, location, body)
    }
}

extension TestWorld {
    /// A map of this world, by the global that declares it.
    public func map<Map: LookupMap & ~Copyable>(
        _ global: borrowing Map, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestMap<Map.Key, Map.Value> {
        TestMap(
            state: state, map: state.map(at: place(of: global)), location: sourceLocation)
    }

    func place<Map: ProgramMap & ~Copyable>(of global: borrowing Map) -> UInt {
        unsafe UInt(bitPattern: global.address)
    }
}

extension WorldState {
    /// Does something to a map; what fails is an issue of the test.
    func attempt<Result>(
        _ map: EBPF.AnyMap?, _ location: SourceLocation,
        _ body: (EBPF.AnyMap) throws -> Result
    ) -> Result? {
        defer { tell(location) }
        guard let map else { return nil }
        do {
            return try body(map)
        } catch {
            reports.add("\(error)")
            return nil
        }
    }
}
