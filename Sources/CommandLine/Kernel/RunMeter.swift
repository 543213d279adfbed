import EBPFBytecode
import EBPFKernel
import EBPFTypeFormat

/// Measures how often programs run between two looks, while the kernel counts.
///
/// It holds no program: those that nobody needs any more go while they are watched.
struct RunMeter {
    private let clock = ContinuousClock()
    private var counts: [UInt32: RunCounts] = [:]
    private var last: ContinuousClock.Instant

    /// Starts from what has been counted so far.
    init(_ ids: some Sequence<UInt32>) {
        last = clock.now
        follow(ids)
    }

    /// Watches these programs from now on, besides the others; new ones begin at what was counted of
    /// them so far.
    mutating func follow(_ ids: some Sequence<UInt32>) {
        for id in ids where counts[id] == nil {
            counts[id] = try? KernelProgram(id: id).runCounts()
        }
    }

    /// What happened since the last look, by the programs' numbers; programs that are gone are left
    /// out.
    mutating func measure() -> [RunMeasurement] {
        let now = clock.now
        let elapsed = now - last
        last = now
        return counts.keys.sorted().compactMap { id in
            guard let before = counts[id], let program = try? KernelProgram(id: id),
                let after = try? program.runCounts()
            else {
                counts[id] = nil
                return nil
            }
            counts[id] = after
            return RunMeasurement(program, from: before, to: after, in: elapsed)
        }
    }
}

/// What a program's runs cost during some time.
struct RunMeasurement {
    let id: UInt32
    let name: String
    let type: String
    let seconds: Double
    let runs: UInt64
    let nanoseconds: UInt64
    let recursionMisses: UInt64

    init(
        _ program: KernelProgram, from before: RunCounts, to after: RunCounts, in elapsed: Duration
    ) {
        id = program.id
        name = program.name
        type = program.type.name
        seconds = max(elapsed / .seconds(1), 1e-9)
        // A program's counters only grow; whoever says otherwise is not believed.
        func growth(_ counter: (RunCounts) -> UInt64) -> UInt64 {
            let (start, end) = (counter(before), counter(after))
            return end > start ? end - start : 0
        }
        runs = growth(\.count)
        nanoseconds = growth(\.nanoseconds)
        recursionMisses = growth(\.recursionMisses)
    }

    private var nanosecondsPerRun: Double {
        runs == 0 ? 0 : (Double(nanoseconds) / Double(runs) * 10).rounded() / 10
    }
    private var runsPerSecond: Double { (Double(runs) / seconds * 10).rounded() / 10 }
    /// The share of one CPU's time, of 100.
    private var percent: Double { (Double(nanoseconds) / seconds / 1e5).rounded() / 100 }

    var json: JSONValue {
        .object([
            .init("id", .integer(Int128(id))), .init("name", .string(name)),
            .init("type", .string(type)), .init("seconds", .floating(seconds)),
            .init("runs", .integer(Int128(runs))),
            .init("nanoseconds", .integer(Int128(nanoseconds))),
            .init("nanosecondsPerRun", .floating(nanosecondsPerRun)),
            .init("runsPerSecond", .floating(runsPerSecond)),
            .init("cpuPercent", .floating(percent)),
            .init("recursionMisses", .integer(Int128(recursionMisses))),
        ])
    }

    /// A table for people.
    static func table(_ measurements: [RunMeasurement]) -> [String] {
        var table = TextTable(.right, .left, .left, .right, .right, .right, .right)
        table.add("id", "type", "name", "runs", "runs/s", "ns/run", "% of a CPU")
        for one in measurements {
            table.add(
                "\(one.id)", one.type, one.name, "\(one.runs)", "\(one.runsPerSecond)",
                "\(one.nanosecondsPerRun)", "\(one.percent)")
        }
        return table.lines(indent: 0)
    }
}
