/// A map in which values are found by keys.
public protocol LookupMap: ProgramMap, ~Copyable {
    /// What a value is found by.
    associatedtype Key: BitwiseCopyable
    /// What is stored.
    associatedtype Value: BitwiseCopyable
}

extension LookupMap where Self: ~Copyable {
    /// The value of a key, in the map's own memory; `nil` if there is none
    /// (`bpf_map_lookup_elem`).
    @inline(__always)
    public func lookup(_ key: Key) -> UnsafeMutablePointer<Value>? {
        var key = key
        return Helpers.mapLookupElem(address, &key)?.assumingMemoryBound(to: Value.self)
    }

    /// The value of a key that lies in memory already.
    @inline(__always) @usableFromInline
    func lookup(in key: UnsafeMutablePointer<Key>) -> UnsafeMutablePointer<Value>? {
        Helpers.mapLookupElem(address, key)?.assumingMemoryBound(to: Value.self)
    }

    /// Gives a key a value (`bpf_map_update_elem`).
    ///
    /// - Returns: whether it was done; a full map, or a mode that does not fit, is why not.
    @inline(__always) @discardableResult
    public func update(_ key: Key, _ value: Value, _ mode: UpdateMode = .any) -> Bool {
        var (key, value) = (key, value)
        return Helpers.mapUpdateElem(address, &key, &value, mode.rawValue) == 0
    }
}

/// A map whose entries come and go.
public protocol KeyedMap: LookupMap, ~Copyable {}

extension KeyedMap where Self: ~Copyable {
    /// Removes an entry; returns whether there was one (`bpf_map_delete_elem`).
    @inline(__always) @discardableResult
    public func remove(_ key: Key) -> Bool {
        var key = key
        return Helpers.mapDeleteElem(address, &key) == 0
    }

    /// A copy of the value of a key. Setting `nil` removes the entry.
    @inline(__always)
    public subscript(_ key: Key) -> Value? {
        get { lookup(key)?.pointee }
        nonmutating set {
            if let newValue { update(key, newValue) } else { remove(key) }
        }
    }
}
