import Builtin

extension KeyedMap where Self: ~Copyable {
    /// The value of a key, changed in place; if there is none, `initial` is put there first.
    ///
    /// In a map that is full the change is lost.
    @inline(__always)
    public subscript(_ key: Key, default initial: Value) -> Value {
        @inline(__always) get { lookup(key)?.pointee ?? initial }
        @inline(__always) nonmutating _modify {
            var (key, lost) = (key, initial)
            var place = lookup(in: &key)
            if place == nil {
                // One copy is enough: it is put there, and changed if there was no room for it.
                _ = Helpers.mapUpdateElem(
                    address, &key, &lost, UpdateMode.ifAbsent.rawValue)
                place = lookup(in: &key)
            }
            yield &(place ?? UnsafeMutablePointer<Value>(Builtin.addressof(&lost))).pointee
        }
    }
}
