/// What a traffic control program decides about a packet (`TC_ACT_…` in `linux/pkt_cls.h`; tcx and
/// netkit have the same numbers).
public struct TrafficControlAction: RawRepresentable, Hashable, Sendable {
    /// The number that the program returned.
    public var rawValue: Int32

    /// The decision that a number stands for.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The next program decides, or the default is taken (`TC_ACT_UNSPEC`, `TCX_NEXT`).
    public static let next = TrafficControlAction(rawValue: -1)
    /// The packet goes on, and no further filter is asked (`TC_ACT_OK`, `TCX_PASS`).
    public static let pass = TrafficControlAction(rawValue: 0)
    /// The packet is classified again from the start (`TC_ACT_RECLASSIFY`).
    public static let reclassify = TrafficControlAction(rawValue: 1)
    /// The packet ends here (`TC_ACT_SHOT`, `TCX_DROP`).
    public static let drop = TrafficControlAction(rawValue: 2)
    /// The next action decides (`TC_ACT_PIPE`).
    public static let pipe = TrafficControlAction(rawValue: 3)
    /// The packet was taken, and is not an error (`TC_ACT_STOLEN`).
    public static let stolen = TrafficControlAction(rawValue: 4)
    /// The packet was queued (`TC_ACT_QUEUED`).
    public static let queued = TrafficControlAction(rawValue: 5)
    /// The action is done again (`TC_ACT_REPEAT`).
    public static let `repeat` = TrafficControlAction(rawValue: 6)
    /// The packet goes where a redirect helper said (`TC_ACT_REDIRECT`, `TCX_REDIRECT`).
    public static let redirect = TrafficControlAction(rawValue: 7)
    /// The packet goes to a trap in hardware (`TC_ACT_TRAP`).
    public static let trap = TrafficControlAction(rawValue: 8)
}

extension TrafficControlAction: CustomStringConvertible {
    /// The name in C, `TC_ACT_OK`, or the number.
    public var description: String {
        let names = [
            "UNSPEC", "OK", "RECLASSIFY", "SHOT", "PIPE", "STOLEN", "QUEUED", "REPEAT", "REDIRECT",
            "TRAP",
        ]
        let index = Int(rawValue) + 1
        return names.indices.contains(index) ? "TC_ACT_" + names[index] : String(rawValue)
    }
}
