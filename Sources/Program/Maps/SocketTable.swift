/// A map of sockets.
public protocol SocketTable: ProgramMap, ~Copyable {
    /// What a socket is found by.
    associatedtype Key: BitwiseCopyable
}

extension SocketTable where Self: ~Copyable {
    /// Removes a socket; returns whether there was one (`bpf_map_delete_elem`).
    @inline(__always) @discardableResult
    public func remove(_ key: Key) -> Bool {
        var key = key
        return Helpers.mapDeleteElem(address, &key) == 0
    }
}
