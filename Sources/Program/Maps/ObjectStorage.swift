/// A map with a value for each object of the kernel of a kind, which lives as long as the object.
public protocol ObjectStorage: ProgramMap, ~Copyable {
    /// What is stored.
    associatedtype Value: BitwiseCopyable
}

extension ObjectStorage where Self: ~Copyable {
    @inline(__always) @usableFromInline
    func defineStorage(_ type: UInt32, pinned: Bool) {
        define(
            type, key: 4, value: MemoryLayout<Value>.size, maxEntries: 0, flags: .allocatesLater,
            pinned: pinned, roles: MapRoles.indexed)
    }
}
