/// A header in a packet: reading and writing go straight to it.
@frozen
public struct Header<Fields>: BitwiseCopyable {
    @usableFromInline let place: UnsafeMutablePointer<Fields>

    @inline(__always) @usableFromInline
    init(_ place: UnsafeMutablePointer<Fields>) { self.place = place }

    /// The fields.
    @inline(__always)
    public var value: Fields {
        get { place.pointee }
        nonmutating _modify { yield &place.pointee }
    }
}
