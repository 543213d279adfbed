import EBPFBytecode

/// The numbers that registers, and places of the stack frame, may hold where control passes.
struct RangeState: Sendable {
    private var registers = InlineArray<11, TrackedNumber>(repeating: .unknown)
    /// What is spilled to the places of ``SpillPlaces``.
    private(set) var spills: [TrackedNumber]

    /// A number, and which others keep a distance from it.
    struct TrackedNumber: Hashable, Sendable {
        var interval: Interval
        /// Numbers with the same link differ by the difference of their distances; 0 links nothing.
        var link: Int32 = 0
        var distance: UInt64 = 0

        static let unknown = TrackedNumber(interval: .any)
    }

    /// Where nothing is known but r10.
    init(frameTop: Interval, spillCount: Int) {
        spills = Array(repeating: .unknown, count: spillCount)
        self[.r10] = frameTop
    }

    // MARK: Registers

    /// The numbers in a register.
    subscript(register: Register) -> Interval {
        get { self[tracked: register].interval }
        set { self[tracked: register] = TrackedNumber(interval: newValue) }
    }

    subscript(tracked register: Register) -> TrackedNumber {
        get { registers[Int(register.rawValue)] }
        set { registers[Int(register.rawValue)] = newValue }
    }

    func interval(_ source: Source, _ width: Width) -> Interval {
        switch source {
        case .register(let register): self[register]
        case .immediate(let value):
            Interval(
                width == .word
                    ? UInt64(UInt32(bitPattern: value)) : UInt64(bitPattern: Int64(value)))
        }
    }

    /// Forgets registers.
    mutating func forget(_ set: RegisterSet) {
        for register in Register.allCases where set.contains(register) { self[register] = .any }
    }

    // MARK: Copies

    /// Copies a register; from now on, what is learned about one is known of the other.
    mutating func copy(_ source: Register, to target: Register, atStep step: Int) {
        if self[tracked: source].link == 0, self[source].value == nil {
            let link = Int32(truncatingIfNeeded: step) + 1
            unlink(link)
            self[tracked: source].link = link
        }
        self[tracked: target] = self[tracked: source]
    }

    /// A link is one of numbers of the same moment: those of the last time round are others.
    private mutating func unlink(_ link: Int32) {
        for index in registers.indices where registers[index].link == link {
            registers[index] = TrackedNumber(interval: registers[index].interval)
        }
        for index in spills.indices where spills[index].link == link {
            spills[index] = TrackedNumber(interval: spills[index].interval)
        }
    }

    /// Adds a constant to a register.
    mutating func add(_ constant: UInt64, to register: Register) {
        self[tracked: register].interval = self[register].adding(Interval(constant))
        if self[tracked: register].link != 0 { self[tracked: register].distance &+= constant }
    }

    /// Takes over what was learned about the number in a register.
    ///
    /// - Returns: whether any number is left.
    mutating func learn(_ interval: Interval, of register: Register) -> Bool {
        guard interval != self[register] else { return true }
        self[tracked: register].interval = interval
        let known = self[tracked: register]
        guard known.link != 0 else { return true }
        for index in registers.indices where registers[index].link == known.link {
            guard registers[index].narrow(to: known) else { return false }
        }
        for index in spills.indices where spills[index].link == known.link {
            guard spills[index].narrow(to: known) else { return false }
        }
        return true
    }

    // MARK: Spills

    mutating func spill(_ number: TrackedNumber, to place: Int) { spills[place] = number }

    mutating func forgetSpills() {
        for index in spills.indices { spills[index] = .unknown }
    }

    // MARK: Meeting

    /// What holds in one of two states.
    func union(_ other: RangeState) -> RangeState {
        var result = self
        for index in registers.indices {
            result.registers[index] = registers[index].union(other.registers[index])
        }
        for index in spills.indices {
            result.spills[index] = spills[index].union(other.spills[index])
        }
        return result
    }

    /// What holds in one of two states, where the second has grown out of the first: what grows goes
    /// on growing up to the next of some numbers, so that this comes to an end.
    func widened(to other: RangeState, _ limits: [UInt64]) -> RangeState {
        var result = union(other)
        for index in registers.indices {
            result.registers[index].interval = registers[index].interval.widened(
                to: result.registers[index].interval, limits)
        }
        for index in spills.indices {
            result.spills[index].interval = spills[index].interval.widened(
                to: result.spills[index].interval, limits)
        }
        return result
    }
}

extension RangeState: Equatable {
    static func == (left: RangeState, right: RangeState) -> Bool {
        for index in left.registers.indices where left.registers[index] != right.registers[index] {
            return false
        }
        return left.spills == right.spills
    }
}

extension RangeState.TrackedNumber {
    fileprivate func union(_ other: Self) -> Self {
        let isLinked = link == other.link && distance == other.distance
        return Self(
            interval: interval.union(other.interval), link: isLinked ? link : 0,
            distance: isLinked ? distance : 0)
    }

    /// Keeps what is possible beside a number with the same link.
    fileprivate mutating func narrow(to other: Self) -> Bool {
        let moved = other.interval.adding(Interval(distance &- other.distance))
        guard let common = interval.intersection(moved) else { return false }
        interval = common
        return true
    }
}

extension Interval {
    /// The interval that another has outgrown, up to the next of some numbers, which are in order.
    fileprivate func widened(to other: Interval, _ limits: [UInt64]) -> Interval {
        var result = self
        if other.greatest > greatest {
            result.greatest = limits.first { $0 >= other.greatest } ?? .max
        }
        if other.least < least { result.least = limits.last { $0 <= other.least } ?? 0 }
        return result
    }
}
