/// What becomes of a packet in traffic control (`TC_ACT_…`; tcx and netkit use the same
/// numbers).
public struct TrafficControlAction: Verdict {
    /// The number that the kernel sees.
    public let rawValue: Int32

    /// A verdict by its number.
    @inline(__always)
    public init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// The next program or filter decides (`TC_ACT_UNSPEC`).
    public static var next: TrafficControlAction {
        @inline(__always) get { TrafficControlAction(-1) }
    }
    /// It goes on (`TC_ACT_OK`).
    public static var pass: TrafficControlAction {
        @inline(__always) get { TrafficControlAction(0) }
    }
    /// Classification begins again.
    public static var reclassify: TrafficControlAction {
        @inline(__always) get { TrafficControlAction(1) }
    }
    /// It is dropped (`TC_ACT_SHOT`).
    public static var drop: TrafficControlAction {
        @inline(__always) get { TrafficControlAction(2) }
    }
    /// The next action decides.
    public static var pipe: TrafficControlAction {
        @inline(__always) get { TrafficControlAction(3) }
    }
    /// It is dropped, as if it had been consumed.
    public static var stolen: TrafficControlAction {
        @inline(__always) get { TrafficControlAction(4) }
    }
    /// It goes where a redirection said.
    public static var redirect: TrafficControlAction {
        @inline(__always) get { TrafficControlAction(7) }
    }
}
