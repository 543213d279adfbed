import Builtin

extension KeyedMap where Self: ~Copyable {
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
