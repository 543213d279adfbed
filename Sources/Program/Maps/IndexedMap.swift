import Builtin

/// An array: its elements are always there, and are found by their numbers.
public protocol IndexedMap: LookupMap, ~Copyable where Key == UInt32 {}

extension IndexedMap where Self: ~Copyable {
    /// A copy of an element; `nil` past the end. Setting `nil` does nothing.
    @inline(__always)
    public subscript(_ index: UInt32) -> Value? {
        get { lookup(index)?.pointee }
        nonmutating set {
            if let newValue, let place = lookup(index) { place.pointee = newValue }
        }
    }

    /// An element, changed in place. Past the end, `outside` is read and changes are lost.
    @inline(__always)
    public subscript(_ index: UInt32, default outside: Value) -> Value {
        @inline(__always) get { lookup(index)?.pointee ?? outside }
        @inline(__always) nonmutating _modify {
            var lost = outside
            let place = lookup(index)
            yield &(place ?? UnsafeMutablePointer<Value>(Builtin.addressof(&lost))).pointee
        }
    }
}
