import EBPFBytecode
import EBPFExecution
import EBPFObjectFile
import EBPFTypeFormat

/// What came out of `ebpf run`.
struct RunReport {
    /// The events of one ring buffer or perf buffer.
    struct Events {
        let map: String
        var values: [TypedValue]
        var lost = 0
    }

    let program: String
    let type: ProgramType
    /// What ran it: `jit` or `interpreter`.
    var engine = ""
    private(set) var runs = 0
    private(set) var returned: UInt64 = 0
    /// How often each number was returned, but for the last runs that all returned ``returned``.
    private var counts: [UInt64: Int] = [:]
    private var sameCount = 0
    var skipped = 0
    var elapsed: Duration = .zero
    var packet: [UInt8]?
    var redirect: Redirect?
    var maps: [MapDump] = []
    var events: [Events] = []
    var trace: [TraceLine] = []
    /// Checks of Swift's that failed.
    var checks: [FailedCheck.Count] = []
    var warnings: [String] = []
    var failure: ExecutionError?

    init(program: String, type: ProgramType) {
        self.program = program
        self.type = type
    }

    /// Adds what maps hold, and warnings about entries that are left out.
    mutating func add(_ maps: [MapDump]) {
        self.maps = maps
        for map in maps where map.isCut {
            warnings.append(
                "map \(map.name): only \(map.entries.count) entries are shown; --limit says how many"
            )
        }
    }

    /// Counts the end of a run, or of some that all returned the same.
    mutating func count(_ returned: UInt64, times: Int = 1) {
        runs += times
        if self.returned != returned {
            counts[self.returned, default: 0] += sameCount
            self.returned = returned
            sameCount = 0
        }
        sameCount += times
    }

    /// How often each verdict was given, by the numbers' order.
    private var namedVerdicts: [(name: String, count: Int)] {
        var counts = counts.filter { $0.value > 0 }
        if sameCount > 0 { counts[returned, default: 0] += sameCount }
        return counts.sorted { $0.key < $1.key }.reduce(into: []) { named, element in
            let name = VerdictName.of(UInt32(truncatingIfNeeded: element.key), type)
            if let index = named.firstIndex(where: { $0.name == name }) {
                named[index].count += element.value
            } else {
                named.append((name, element.value))
            }
        }
    }

    private var nanosecondsPerRun: Double {
        let (seconds, attoseconds) = elapsed.components
        let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds) / 1e9
        return runs == 0 ? 0 : (nanoseconds / Double(runs) * 10).rounded() / 10
    }
}

// MARK: Text

extension RunReport {
    /// The report for people.
    var lines: [String] {
        var lines = [headline]
        if namedVerdicts.count > 1 || type != .unspecified {
            var table = TextTable(.left, .right)
            for verdict in namedVerdicts { table.add(verdict.name, "\(verdict.count)") }
            lines += table.lines()
        }
        if let packet, runs == 1 {
            lines += ["", "packet after the run:", "  " + HexText.text(packet)]
        }
        if let redirect { lines.append("  redirected: \(redirect)") }
        for events in events { lines += [""] + self.lines(of: events) }
        for map in maps { lines += [""] + map.lines }
        if !checks.isEmpty { lines += ["", "failed checks:"] + FailedChecks.lines(checks) }
        for warning in warnings { lines += ["", "warning: \(warning)"] }
        return lines
    }

    private var headline: String {
        var text = "\(program): \(runs) run\(runs == 1 ? "" : "s")"
        if type == .unspecified || runs == 1 {
            text += ", returned \(returned)"
            if returned > 9 { text += " (0x\(String(returned, radix: 16)))" }
        }
        if runs > 1 { text += ", \(nanosecondsPerRun) ns each" }
        if skipped > 0 { text += ", \(skipped) packets without a form that fits were left out" }
        return text
    }

    private func lines(of events: Events) -> [String] {
        let limit = 20
        var lines = [
            "\(events.map) (\(events.values.count) event\(events.values.count == 1 ? "" : "s"))"
        ]
        if events.lost > 0 { lines[0] += ", \(events.lost) lost because the buffer was full" }
        lines += events.values.prefix(limit).map { "    \($0)" }
        let rest = events.values.count - limit
        if rest > 0 { lines.append("    … and \(rest) more; --json has all of them") }
        if events.values.contains(where: \.isUntyped) {
            lines.append(
                "    (the object does not say what these are; "
                    + "declare `struct event *unused __attribute__((unused));` for their struct)")
        }
        return lines
    }
}

// MARK: JSON

extension RunReport {
    /// The report for scripts; its shape is stable.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("program", .string(program)),
            .init("type", .string(type.name)),
            .init("returned", .integer(Int128(returned))),
            .init(
                "verdicts",
                .object(namedVerdicts.map { .init($0.name, .integer(Int128($0.count))) })),
            .init("runs", .integer(Int128(runs))),
            .init("skipped", .integer(Int128(skipped))),
            .init("nanosecondsPerRun", .floating(nanosecondsPerRun)),
            .init("engine", .string(engine)),
            .init("maps", .object(maps.map { .init($0.name, $0.json) })),
            .init(
                "events",
                .object(events.map { .init($0.map, .array($0.values.map(\.json))) })),
            .init("trace", .array(trace.map { .string($0.text) })),
            .init(
                "lost",
                .object(
                    events.filter { $0.lost > 0 }.map { .init($0.map, .integer(Int128($0.lost))) })),
            .init("failedChecks", FailedChecks.json(checks)),
            .init("warnings", .array(warnings.map { .string($0) })),
        ]
        if let packet { members.append(.init("packet", .string(HexText.text(packet)))) }
        if let redirect { members.append(.init("redirect", .string("\(redirect)"))) }
        if let failure { members.append(.init("failure", failure.json)) }
        return .object(members)
    }
}

extension ExecutionError {
    /// The fault for scripts.
    fileprivate var json: JSONValue {
        .object([
            .init("program", .string(program)),
            .init("function", function.map { .string($0) } ?? .null),
            .init("instruction", slot.map { .integer(Int128($0)) } ?? .null),
            .init("text", instruction.map { .string($0) } ?? .null),
            .init("message", .string(message)),
            .init("remedy", remedy.map { .string($0) } ?? .null),
            .init(
                "source",
                source.map {
                    .object([
                        .init("file", .string($0.file)),
                        .init("line", .integer(Int128($0.line))),
                        .init("column", .integer(Int128($0.column))),
                        .init("text", .string($0.text)),
                    ])
                } ?? .null),
        ])
    }
}

extension TypedValue {
    /// Whether these are bytes that no type explains.
    var isUntyped: Bool {
        if case .bytes = self { true } else { false }
    }
}
