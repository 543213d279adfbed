import EBPFBytecode

/// A register that changes by the same amount each time its loop goes round.
struct LoopCounter: Hashable {
    let register: Register
    /// What is added each time.
    let step: Int64
    let width: Width
}

/// What is known where a loop begins.
///
/// A loop that has gone round `k` times, `k` ≤ ``trips``, finds its counters `k` steps from where they
/// began. A counter `x` that comes back not above some number bounds `k`, and `k` bounds all others:
/// so a loop that tests its index also bounds the pointer that it moves along. `trips` is tried out
/// from the numbers that the loop compares with, until no way back exceeds it.
struct LoopHead {
    /// What comes from outside of the loop, and what comes back.
    private var entry: RangeState?
    private var back: RangeState?
    private let counters: [LoopCounter]
    /// The registers that change in the loop.
    private let written: RegisterSet
    /// How often the loop goes round at most; `nil` if nothing tells.
    private(set) var trips: UInt64? = 0
    /// Numbers with which the loop compares, in order.
    private var limits: [UInt64] = []
    /// How many states have arrived, and how many since one from outside changed anything.
    private var mergeCount = 0
    private var roundCount = 0

    /// How many numbers are kept for trying.
    private static let limitCount = 64
    /// How often a loop is gone through before its numbers grow in leaps.
    private static let patience = 3
    /// How often before they are given up.
    private static let lastTrial = 100

    init(_ loop: FlowGraph.Loop, _ graph: FlowGraph, _ steps: [Step]) {
        var candidates: [(block: Int, counter: LoopCounter)] = []
        var written = RegisterSet.none
        var writtenTwice = RegisterSet.none
        for (block, contained) in zip(graph.blocks.indices, loop.contains) where contained {
            for index in graph.blocks[block].steps {
                let changes = steps[index].changes
                writtenTwice.formUnion(written.intersection(changes))
                written.formUnion(changes)
                if let counter = steps[index].instruction.counter {
                    candidates.append((block, counter))
                }
            }
        }
        self.written = written
        guard loop.hasOneEntry else {
            counters = []
            return
        }
        counters = candidates.filter {
            !writtenTwice.contains($0.counter.register) && graph.runsOnce($0.block, in: loop)
        }.map(\.counter)
    }

    /// Notes that the loop compares with something; only what stays as it is can bound it.
    mutating func noteComparison(with source: Source, _ interval: Interval) {
        if case .register(let register) = source, written.contains(register) { return }
        if interval.greatest < .max { noteLimit(interval.greatest) }
    }

    private mutating func noteLimit(_ limit: UInt64) {
        guard limits.count < Self.limitCount else { return }
        let place = limits.firstIndex { $0 >= limit } ?? limits.count
        guard place == limits.count || limits[place] != limit else { return }
        limits.insert(limit, at: place)
    }

    /// Takes in a state that arrives; returns what holds at the head then, if control comes there.
    mutating func merge(
        _ state: RangeState, isBack: Bool, _ old: RangeState?
    ) -> RangeState? {
        if isBack {
            back = back?.union(state) ?? state
        } else {
            let grown = entry?.union(state) ?? state
            if grown != entry { roundCount = 0 }
            entry = grown
        }
        mergeCount += 1
        roundCount += 1
        guard let entry else { return old }
        guard let back else { return entry }
        findTrips(entry, back)
        var new = entry.union(back)
        if let old {
            new = roundCount <= Self.patience ? old.union(new) : old.widened(to: new, growth)
        }
        guard let trips else { return new }
        for counter in counters {
            new[counter.register] =
                counter.interval(from: entry[counter.register], after: 0...trips) ?? .any
        }
        return new
    }

    /// The numbers up to which others grow.
    private var growth: [UInt64] {
        guard mergeCount < Self.lastTrial else { return [] }
        return (limits.flatMap { [$0 &- 1, $0, $0 &+ 1] } + [0, 0xff, 0xffff, 0xffff_ffff]).sorted()
    }

    /// Makes the trips as many as the ways back show.
    private mutating func findTrips(_ entry: RangeState, _ back: RangeState) {
        guard let old = trips else { return }
        let needed = counters.compactMap {
            $0.trips(from: entry[$0.register], to: back[$0.register], upTo: old)
        }.min()
        guard let needed, mergeCount < Self.lastTrial else {
            trips = nil
            return
        }
        guard needed > old else { return }
        trips = counters.flatMap { counter in
            limits.flatMap { counter.trials(from: entry[counter.register], to: $0) }
        }.filter { $0 >= needed }.min()
    }
}

extension LoopCounter {
    /// The least number that the register's width cannot hold, less one.
    private var limit: UInt64 { width == .word ? 0xffff_ffff : .max }

    /// The counter after some rounds; `nil` if it may wrap around.
    func interval(from start: Interval, after rounds: ClosedRange<UInt64>) -> Interval? {
        let distance = rounds.upperBound.multipliedReportingOverflow(by: step.magnitude)
        guard !distance.overflow else { return nil }
        if step > 0 {
            let end = start.greatest.addingReportingOverflow(distance.partialValue)
            guard !end.overflow, end.partialValue <= limit else { return nil }
            return Interval(start.least, end.partialValue)
        }
        guard start.least >= distance.partialValue, start.greatest <= limit else { return nil }
        return Interval(start.least - distance.partialValue, start.greatest)
    }

    /// How often a loop has gone round if its counter comes back as one of some numbers, and had
    /// gone round `known` times at most before; `nil` if the counter may have wrapped around.
    func trips(from start: Interval, to end: Interval, upTo known: UInt64) -> UInt64? {
        let next = known.addingReportingOverflow(1)
        guard !next.overflow, interval(from: start, after: 0...next.partialValue) != nil
        else { return nil }
        if step > 0 {
            return end.greatest >= start.least
                ? (end.greatest - start.least) / step.magnitude : 0
        }
        return start.greatest >= end.least
            ? (start.greatest - end.least) / step.magnitude : 0
    }

    /// How often a loop might go round that compares with a number.
    func trials(from start: Interval, to limit: UInt64) -> [UInt64] {
        let distance: UInt64
        if step > 0 {
            guard limit >= start.least else { return [] }
            distance = limit - start.least
        } else {
            guard start.greatest >= limit else { return [] }
            distance = start.greatest - limit
        }
        let trips = distance / step.magnitude
        return [trips == 0 ? 0 : trips - 1, trips, trips == .max ? .max : trips + 1]
    }
}

extension Instruction {
    /// What it would be in a loop: a register that it moves on by a constant.
    fileprivate var counter: LoopCounter? {
        switch self {
        case .arithmetic(.add, let width, let register, .immediate(let value)) where value != 0:
            LoopCounter(register: register, step: Int64(value), width: width)
        case .arithmetic(.subtract, let width, let register, .immediate(let value)) where value != 0:
            LoopCounter(register: register, step: -Int64(value), width: width)
        default: nil
        }
    }
}

extension Step {
    /// The registers that may be others afterwards.
    fileprivate var changes: RegisterSet {
        traits.calls ? .arguments.union(RegisterSet(.r0)) : traits.writes
    }
}
