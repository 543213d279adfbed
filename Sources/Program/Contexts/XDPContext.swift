/// The argument of an XDP program: a packet that has just arrived (`struct xdp_md`).
public struct XDPContext: BitwiseCopyable {
    @usableFromInline let pointer: UnsafeRawPointer

    @inline(__always) @usableFromInline
    var start: UnsafeMutableRawPointer { word(0) }

    @inline(__always) @usableFromInline
    var end: UnsafeMutableRawPointer { word(1) }

    @inline(__always) @usableFromInline
    func word(_ index: Int) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(
            bitPattern: UInt(pointer.assumingMemoryBound(to: UInt32.self)[index])
        ).unsafelyUnwrapped
    }

    /// The length of the packet in bytes.
    @inline(__always)
    public var byteCount: Int { Int(truncatingIfNeeded: Helpers.xdpGetBuffLen(pointer)) }

    /// The number of the interface that the packet came in by.
    @inline(__always)
    public var interface: UInt32 { pointer.assumingMemoryBound(to: UInt32.self)[3] }

    /// The number of the queue that the packet came in by.
    @inline(__always)
    public var queue: UInt32 { pointer.assumingMemoryBound(to: UInt32.self)[4] }

    /// A header that begins `offset` bytes into the packet; `nil` if the packet ends before.
    @inline(__always)
    public func header<Fields>(_: Fields.Type, at offset: Int = 0) -> Header<Fields>? {
        let place = opaque(start + offset)
        if place + MemoryLayout<Fields>.size > end { return nil }
        return Header(place.assumingMemoryBound(to: Fields.self))
    }
}

/// What becomes of a packet (`enum xdp_action`).
public struct XDPAction: BitwiseCopyable, Sendable {
    @usableFromInline let rawValue: Int32

    @inline(__always) @usableFromInline init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// It is dropped, and the failure can be traced.
    public static var aborted: XDPAction { @inline(__always) get { XDPAction(0) } }
    /// It is dropped.
    public static var drop: XDPAction { @inline(__always) get { XDPAction(1) } }
    /// It goes on.
    public static var pass: XDPAction { @inline(__always) get { XDPAction(2) } }
    /// It is sent back out of the interface it came by.
    public static var transmit: XDPAction { @inline(__always) get { XDPAction(3) } }
    /// It goes where a redirection said.
    public static var redirect: XDPAction { @inline(__always) get { XDPAction(4) } }
}

/// The same pointer, of which the optimiser knows nothing: the bounds of a packet must be compared
/// as they are written, for the verifier to see it.
@_extern(c, "__ebpf_opaque") @usableFromInline
func opaque(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer
