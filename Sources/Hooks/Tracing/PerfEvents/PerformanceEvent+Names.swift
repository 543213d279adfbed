import EBPFBytecode

extension PerformanceEvent {
    /// What perf(1) calls the events.
    static let names: [(String, PerformanceEvent)] = [
        ("cpu-clock", .software(.cpuClock)), ("task-clock", .software(.taskClock)),
        ("page-faults", .software(.pageFaults)), ("faults", .software(.pageFaults)),
        ("context-switches", .software(.contextSwitches)),
        ("cs", .software(.contextSwitches)), ("cpu-migrations", .software(.migrations)),
        ("migrations", .software(.migrations)), ("minor-faults", .software(.minorFaults)),
        ("major-faults", .software(.majorFaults)),
        ("alignment-faults", .software(.alignmentFaults)),
        ("emulation-faults", .software(.emulationFaults)),
        ("cgroup-switches", .software(.controlGroupSwitches)),
        ("cycles", .hardware(.cycles)), ("cpu-cycles", .hardware(.cycles)),
        ("instructions", .hardware(.instructions)),
        ("cache-references", .hardware(.cacheReferences)),
        ("cache-misses", .hardware(.cacheMisses)), ("branches", .hardware(.branches)),
        ("branch-instructions", .hardware(.branches)),
        ("branch-misses", .hardware(.branchMisses)), ("bus-cycles", .hardware(.busCycles)),
        ("stalled-cycles-frontend", .hardware(.stalledCyclesFrontend)),
        ("stalled-cycles-backend", .hardware(.stalledCyclesBackend)),
        ("ref-cycles", .hardware(.referenceCycles)),
    ]

    /// Reads perf(1)'s name of an event; `nil` if there is none such.
    public init?(_ text: String) {
        if let known = Self.names.first(where: { $0.0 == text }) {
            self = known.1
            return
        }
        if text.hasPrefix("mem:") {
            guard let breakpoint = Self.breakpoint(text.dropFirst(4)) else { return nil }
            self = breakpoint
            return
        }
        guard text.hasPrefix("r"), let number = UInt64(text.dropFirst(), radix: 16) else {
            return nil
        }
        self = .raw(number)
    }

    /// `ADDRESS[/LENGTH][:rwx]`: 4 bytes read or written, unless said otherwise.
    private static func breakpoint(_ text: Substring) -> PerformanceEvent? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return nil }
        var access: MemoryAccess = []
        for letter in parts.count == 2 ? parts[1] : "rw" {
            switch letter {
            case "r": access.insert(.read)
            case "w": access.insert(.write)
            case "x": access.insert(.execute)
            default: return nil
            }
        }
        let place = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(place.count), let address = number(place[0]),
            let length = place.count == 2
                ? number(place[1]) : access == .execute ? 8 : 4,
            !access.isEmpty
        else { return nil }
        return .breakpoint(address: address, length: length, access)
    }

    private static func number(_ text: Substring) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }
}

extension PerformanceEvent: CustomStringConvertible {
    /// The name that perf(1) has for it.
    public var description: String {
        switch self {
        case .raw(let number): return "r" + String(number, radix: 16)
        case .breakpoint(let address, let length, let access):
            let letters = [(MemoryAccess.read, "r"), (.write, "w"), (.execute, "x")]
                .filter { access.contains($0.0) }.map(\.1).joined()
            return "mem:0x\(String(address, radix: 16))/\(length):\(letters)"
        case .software, .hardware:
            return Self.names.first { $0.1 == self }?.0 ?? "event"
        }
    }
}
