import EBPF
public import EBPFProgram
public import Testing

/// A map of a test's world that has a value for each processor.
public struct TestPerCPUMap<Key: BitwiseCopyable, Value: BitwiseCopyable> {
    let access: MapAccess

    /// The values of a key, by the number of the processor; `nil` if there is none. Setting `nil`
    /// removes the entry.
    public subscript(_ key: Key) -> [Value]? {
        get {
            access.attempt { try $0.value(of: bytes(of: key)) }.flatMap { $0 }.map(values)
        }
        nonmutating set {
            guard let newValue else {
                access.attempt { _ = try $0.remove(bytes(of: key)) }
                return
            }
            access.attempt { try $0.update(bytes(of: key), encoded(newValue, for: $0)) }
        }
    }

    /// All keys and their values, in the order of the map.
    public var entries: [(key: Key, values: [Value])] {
        guard let entries = access.attempt({ try $0.entries() }) else { return [] }
        return entries.map { (plainValue(copying: $0.key), values(in: $0.value)) }
    }

    private func values(in bytes: [UInt8]) -> [Value] {
        stride(from: 0, to: bytes.count, by: distance).map {
            plainValue(copying: bytes[$0..<min($0 + distance, bytes.count)])
        }
    }

    /// As many values as there are processors; those that are missing are zero.
    private func encoded(_ values: [Value], for map: EBPF.AnyMap) -> [UInt8] {
        var encoded = [UInt8](repeating: 0, count: map.valueByteCount)
        for (number, value) in values.enumerated() {
            for (index, byte) in bytes(of: value).enumerated()
            where encoded.indices.contains(number * distance + index) {
                encoded[number * distance + index] = byte
            }
        }
        return encoded
    }

    /// From one value to the next.
    private var distance: Int { max((MemoryLayout<Value>.size + 7) / 8 * 8, 8) }
}

extension TestPerCPUMap where Value: FixedWidthInteger {
    /// What all processors counted together for a key; 0 if it is not there.
    public func sum(_ key: Key) -> Value { (self[key] ?? []).reduce(0, &+) }
}

extension TestWorld {
    /// A map of this world with a value for each processor, by the global that declares it.
    public func map<Map: PerCPUMap & ~Copyable>(
        _ global: borrowing Map, sourceLocation: SourceLocation = #_sourceLocation
    ) -> TestPerCPUMap<Map.Key, Map.Value> {
        TestPerCPUMap(access: access(global, sourceLocation))
    }
}
