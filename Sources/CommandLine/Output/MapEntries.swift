import EBPFMaps

/// The entries of a map, one after the other.
///
/// A queue or a stack has no keys: its values are taken out of it, in the order in which a program
/// would get them.
struct MapEntries: Sequence, IteratorProtocol {
    private let map: Map
    private var cursor: [UInt8]?

    init(_ map: Map) { self.map = map }

    mutating func next() -> (key: [UInt8], value: [UInt8])? {
        if let queue = map as? QueueMap {
            return (try? queue.pop()).map { ([], $0) }
        }
        // A value of gigabytes would be copied only to be left out.
        guard map.applicationValueSize <= 1 << 26 else { return nil }
        while let key = try? map.nextKey(after: cursor) {
            cursor = key
            if let value = try? map.lookup(key) { return (key, value) }
        }
        return nil
    }
}
