/// A map whose entries a program can go through.
public protocol IterableMap: LookupMap, ~Copyable {}

extension IterableMap where Self: ~Copyable {
    /// Calls a closure with each entry (`bpf_for_each_map_elem`, Linux 5.13).
    ///
    /// - Returns: how many entries were visited, or an error number below 0.
    @inline(__always) @discardableResult
    public func forEach(
        _ body: (UnsafePointer<Key>, UnsafeMutablePointer<Value>) -> LoopStep
    ) -> Int {
        eachElement(address, { body($1.assumingMemoryBound(to: Key.self), $2.assumingMemoryBound(to: Value.self)).rawValue }, 0)
    }
}
