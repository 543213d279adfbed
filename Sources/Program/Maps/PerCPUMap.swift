/// A map that has a value for each processor.
public protocol PerCPUMap: LookupMap, ~Copyable {}

extension PerCPUMap where Self: ~Copyable {
    /// The value of another processor; `nil` if there is no such key or processor
    /// (`bpf_map_lookup_percpu_elem`, Linux 5.19).
    @inline(__always)
    public func lookup(_ key: Key, processor: UInt32) -> UnsafeMutablePointer<Value>? {
        var key = key
        return Helpers.mapLookupPercpuElem(address, &key, processor)?
            .assumingMemoryBound(to: Value.self)
    }
}
