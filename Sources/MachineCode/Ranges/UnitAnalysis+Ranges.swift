import EBPFBytecode

extension UnitAnalysis {
    /// What follows from a unit's premises.
    struct Proof {
        /// How each slot may access memory.
        var plans: [AccessPlan]
        /// What is known of unsigned divisions, by their slots.
        var divisions: [Int32: DivisionFacts]
        /// Whether the program ends before its budget is used up.
        var isWithinBudget: Bool
    }

    /// Proves what can be proved.
    func proof(_ premises: Premises) -> Proof {
        var plans = Array(repeating: AccessPlan.checked, count: unit.program.count)
        var divisions: [Int32: DivisionFacts] = [:]
        var entries = EntryStates(self, premises)
        var known: [Int: RangeAnalysis] = [:]
        for index in entries.order {
            let function = functions[index]
            var ranges = RangeAnalysis(self, premises, function)
            guard ranges.run(from: entries.state(of: index, spillCount: ranges.places.count)) else {
                entries.giveUp(calleesOf: function)
                continue
            }
            ranges.forEachStep { step, state in
                plans[Int(steps[step].slot)] = plan(of: steps[step], state, premises)
                if let facts = DivisionFacts(steps[step].instruction, state) {
                    divisions[steps[step].slot] = facts
                }
                entries.note(step, state)
            }
            known[index] = ranges
        }
        let cost = greatestCost(entries.order.reversed(), known)
        return Proof(
            plans: plans, divisions: divisions,
            isWithinBudget: cost.map { $0 <= premises.budget } ?? false)
    }

    /// How much a run counts against the budget at most; `nil` if nothing tells.
    ///
    /// - Parameter order: the functions, each after those that it calls.
    private func greatestCost(_ order: [Int], _ known: [Int: RangeAnalysis]) -> UInt64? {
        var costs: [Int: UInt64] = [:]
        for index in order {
            costs[index] = known[index]?.greatestCost { step in
                switch step.instruction {
                case .call(.local):
                    costs[functionIndex(at: Int(step.target))]?.addingSaturated(1)
                // What is called may call back.
                case .call: nil
                // Each way back counts; so does, to be simple, each way.
                case .jump, .branch, .mayJump: 1
                default: 0
                }
            }
        }
        return costs[0]
    }

    private func plan(
        of step: Step, _ state: RangeState, _ premises: Premises
    ) -> AccessPlan {
        switch step.instruction {
        case .load(let size, _, let place), .loadSigned(let size, _, let place):
            premises.plan(
                state[place.base].adding(place), byteCount: size.byteCount, isWrite: false)
        case .store(let size, let place, _):
            premises.plan(
                state[place.base].adding(place), byteCount: size.byteCount, isWrite: true)
        // Whether the others are aligned is not followed.
        default: .checked
        }
    }
}

/// What is known where the functions of a unit begin: of the first one the premises, of the others
/// what their callers pass.
private struct EntryStates {
    /// The functions, each after those that call it.
    let order: [Int]
    private let analysis: UnitAnalysis
    private let premises: Premises
    /// What callers pass in r1 to r5; `nil` before the first of them.
    private var passed: [[Interval]?]

    private static let unknown = Array(repeating: Interval.any, count: Register.arguments.count)

    init(_ analysis: UnitAnalysis, _ premises: Premises) {
        self.analysis = analysis
        self.premises = premises
        let calls = analysis.functions.map { function in
            function.steps.compactMap { index -> Int? in
                guard case .call(.local) = analysis.steps[index].instruction else { return nil }
                return analysis.functionIndex(at: Int(analysis.steps[index].target))
            }
        }
        let (order, isCyclic) = Self.callersFirst(calls)
        self.order = order
        passed = isCyclic.map { $0 ? Self.unknown : nil }
        // Whoever holds the address of a function may call it with anything.
        for step in analysis.steps {
            guard case .loadImmediate(_, .function) = step.instruction else { continue }
            passed[analysis.functionIndex(at: Int(step.target))] = Self.unknown
        }
        var arguments = Self.unknown
        for (index, value) in zip(arguments.indices, premises.arguments) {
            arguments[index] = Interval(value)
        }
        passed[0] = passed[0] == nil ? arguments : Self.unknown
    }

    /// The state at the entry of a function.
    func state(of function: Int, spillCount: Int) -> RangeState {
        let frameTop = function == 0 && !isCalled ? Interval(premises.frameTop) : .any
        var state = RangeState(frameTop: frameTop, spillCount: spillCount)
        for (register, interval) in zip(Register.arguments, passed[function] ?? Self.unknown) {
            state[register] = interval
        }
        return state
    }

    /// Whether the first function is called by others, too, on frames of their own.
    private var isCalled: Bool { passed[0] == Self.unknown }

    /// Notes what a step passes to a function, if it calls one.
    mutating func note(_ step: Int, _ state: RangeState) {
        guard case .call(.local) = analysis.steps[step].instruction else { return }
        let callee = analysis.functionIndex(at: Int(analysis.steps[step].target))
        let arguments = Register.arguments.map { state[$0] }
        passed[callee] = passed[callee].map { zip($0, arguments).map { $0.union($1) } } ?? arguments
    }

    /// Nothing is known of what a function passes.
    mutating func giveUp(calleesOf function: FunctionShape) {
        for step in function.steps {
            guard case .call(.local) = analysis.steps[step].instruction else { continue }
            passed[analysis.functionIndex(at: Int(analysis.steps[step].target))] = Self.unknown
        }
    }

    /// The functions in an order in which callers come first, and which of them may call themselves.
    private static func callersFirst(_ calls: [[Int]]) -> (order: [Int], isCyclic: [Bool]) {
        var callerCounts = Array(repeating: 0, count: calls.count)
        for callee in calls.joined() { callerCounts[callee] += 1 }
        var order: [Int] = []
        var open = calls.indices.filter { callerCounts[$0] == 0 }
        while let function = open.popLast() {
            order.append(function)
            for callee in calls[function] {
                callerCounts[callee] -= 1
                if callerCounts[callee] == 0 { open.append(callee) }
            }
        }
        let cyclic = calls.indices.filter { callerCounts[$0] > 0 }
        return (order + cyclic, calls.indices.map { callerCounts[$0] > 0 })
    }
}
