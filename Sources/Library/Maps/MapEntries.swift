/// The entries of a map at about one time, in no particular order.
///
/// What is inserted or removed while they are read may be missing or not; no key is there twice.
public struct MapEntries<Key, Value>: RandomAccessCollection {
    /// Keys and values.
    public let entries: [(key: Key, value: Value)]
    /// How often reading started again because the map changed under it; 0 is usual.
    public let restarts: Int

    /// The first entry's index.
    public var startIndex: Int { entries.startIndex }
    /// The index after the last entry.
    public var endIndex: Int { entries.endIndex }

    /// An entry.
    public subscript(index: Int) -> (key: Key, value: Value) { entries[index] }
}

extension MapEntries: Sendable where Key: Sendable, Value: Sendable {}
