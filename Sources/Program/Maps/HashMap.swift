import Builtin

/// A hash table that programs and applications share (`BPF_MAP_TYPE_HASH`).
///
/// ```swift
/// let counts = HashMap<UInt16, UInt64>(maxEntries: 1024)
/// counts[port, default: 0] += 1
/// ```
@_rawLayout(like: MapDefinition)
public struct HashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    @inline(__always) @usableFromInline
    var address: UnsafeMutablePointer<MapDefinition> {
        UnsafeMutablePointer<MapDefinition>(Builtin.unprotectedAddressOfBorrow(self))
    }

    /// A map of at most `maxEntries` entries.
    @inline(__always)
    public init(maxEntries: Int, flags: MapFlags = [], pinned: Bool = false) {
        address.initialize(
            to: MapDefinition(
                type: 1, keySize: MemoryLayout<Key>.size, valueSize: MemoryLayout<Value>.size,
                maxEntries: maxEntries, flags: flags, pinning: pinned ? 1 : 0,
                roles: MapRoles.keyed))
    }

    /// The value of a key, in the map's own memory; `nil` if there is none.
    @inline(__always)
    public borrowing func lookup(_ key: Key) -> UnsafeMutablePointer<Value>? {
        var key = key
        return Helpers.mapLookup(address, &key)?.assumingMemoryBound(to: Value.self)
    }

    /// Gives a key a value.
    ///
    /// - Returns: whether it was done; a full map, or a mode that does not fit, is why not.
    @inline(__always) @discardableResult
    public borrowing func update(_ key: Key, _ value: Value, _ mode: UpdateMode = .any) -> Bool {
        var (key, value) = (key, value)
        return Helpers.mapUpdate(address, &key, &value, mode.rawValue) == 0
    }

    /// Removes an entry; returns whether there was one.
    @inline(__always) @discardableResult
    public borrowing func remove(_ key: Key) -> Bool {
        var key = key
        return Helpers.mapDelete(address, &key) == 0
    }

    /// A copy of the value of a key. Setting `nil` removes the entry.
    @inline(__always)
    public subscript(_ key: Key) -> Value? {
        get { lookup(key)?.pointee }
        nonmutating set {
            if let newValue { update(key, newValue) } else { remove(key) }
        }
    }

    /// The value of a key, changed in place; if there is none, `initial` is put there first.
    ///
    /// In a map that is full the change is lost.
    @inline(__always)
    public subscript(_ key: Key, default initial: Value) -> Value {
        @inline(__always) get { lookup(key)?.pointee ?? initial }
        @inline(__always) nonmutating _modify {
            var lost = initial
            var place = lookup(key)
            if place == nil {
                update(key, initial, .ifAbsent)
                place = lookup(key)
            }
            yield &(place ?? UnsafeMutablePointer<Value>(Builtin.addressof(&lost))).pointee
        }
    }
}
