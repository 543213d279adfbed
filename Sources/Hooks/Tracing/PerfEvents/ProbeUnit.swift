import EBPFBytecode
import EBPFKernel

/// The kernel's unit for probes, `kprobe` or `uprobe` (`/sys/bus/event_source/devices/…`, since
/// Linux 4.17).
struct ProbeUnit {
    /// The number that takes the place of an event's type.
    let type: UInt32
    /// The bit of `config` that asks for the return.
    let returnBit: Int
    /// Where in `config` the offset of a reference counter begins, if the unit knows them.
    let counterShift: Int?

    /// Reads the unit's description; `nil` where there is none.
    init?(_ name: String, _ system: SystemCalls) {
        let directory = "/sys/bus/event_source/devices/\(name)"
        guard let text = try? system.text(of: directory + "/type"), let type = UInt32(text)
        else { return nil }
        self.type = type
        returnBit = Self.firstBit(directory + "/format/retprobe", system) ?? 0
        counterShift = Self.firstBit(directory + "/format/ref_ctr_offset", system)
    }

    /// The first bit of a format: 32 of `config:32-63`.
    private static func firstBit(_ path: String, _ system: SystemCalls) -> Int? {
        guard let text = try? system.text(of: path), text.hasPrefix("config:") else { return nil }
        return text.dropFirst(7).split(separator: "-").first.flatMap { Int($0) }
    }
}

/// When a probe runs.
public enum ProbeMoment: Hashable, Sendable {
    /// Before the first instruction, or the one at the offset.
    case entry
    /// When the function returns.
    case exit
}
