import EBPFBytecode

/// Finds out which accesses of a program that nobody verified can only touch memory that is known.
///
/// It follows the least and the greatest number that each register may hold through all blocks until
/// nothing changes any more. Addresses are numbers as all others. That alone proves what lies behind a
/// test; loops get more: a register that changes by the same amount each time round is as far from where
/// it began as the loop has gone round times, whichever register the loop tests (``LoopCounter``).
///
/// What it cannot prove it leaves to the tests of machine code: it may know less than there is to
/// know, but never more.
struct RangeAnalysis {
    let analysis: UnitAnalysis
    let premises: Premises
    let function: FunctionShape
    let graph: FlowGraph
    let places: SpillPlaces
    /// The state before each block, once control was seen to come there.
    private var states: [RangeState?]
    /// What is known of the loop that each block heads, if it heads one.
    private var heads: [LoopHead?]
    /// The loops that each block belongs to, by their heads.
    private let loopsOfBlock: [[Int]]
    /// The blocks whose states have changed, by their ranks: inner loops come to rest first.
    private var pending: Set<Int> = []
    private let ranks: [Int]
    private let blocksByRank: [Int]

    /// How often each block is looked at, on average, before this gives up.
    private static let visitLimit = 40

    init(_ analysis: UnitAnalysis, _ premises: Premises, _ function: FunctionShape) {
        self.analysis = analysis
        self.premises = premises
        self.function = function
        graph = FlowGraph(function, analysis.steps)
        places = SpillPlaces(function, analysis.steps)
        states = Array(repeating: nil, count: graph.blocks.count)
        heads = Array(repeating: nil, count: graph.blocks.count)
        var loops = Array(repeating: [Int](), count: graph.blocks.count)
        for loop in graph.loops {
            heads[loop.head] = LoopHead(loop, graph, analysis.steps)
            for block in graph.blocks.indices where loop.contains[block] {
                loops[block].append(loop.head)
            }
        }
        loopsOfBlock = loops
        blocksByRank = graph.blocks.indices.sorted {
            (-loops[$0].count, $0) < (-loops[$1].count, $1)
        }
        var ranks = Array(repeating: 0, count: loops.count)
        for (rank, block) in blocksByRank.enumerated() { ranks[block] = rank }
        self.ranks = ranks
    }

    /// Follows the function from a state at its entry.
    ///
    /// - Returns: whether it came to an end; if not, nothing is known.
    mutating func run(from entry: RangeState) -> Bool {
        arrive(at: 0, from: nil, entry)
        var visits = Self.visitLimit * graph.blocks.count
        while let rank = pending.min() {
            pending.remove(rank)
            let block = blocksByRank[rank]
            visits -= 1
            guard visits > 0 else { return false }
            guard var state = states[block] else { continue }
            for step in graph.blocks[block].steps.dropLast() { state.execute(step, self) }
            leave(block, state)
        }
        return true
    }

    /// Visits every step that control can come to, with the state before it.
    func forEachStep(_ body: (Int, RangeState) -> Void) {
        for (block, entry) in zip(graph.blocks, states) {
            guard var state = entry else { continue }
            for step in block.steps {
                body(step, state)
                state.execute(step, self)
            }
        }
    }

    /// How often steps of the function count against the budget at most; `nil` if nothing tells.
    ///
    /// - Parameter cost: what a call costs.
    func greatestCost(_ cost: (Step) -> UInt64?) -> UInt64? {
        var total: UInt64 = 0
        for (index, block) in graph.blocks.enumerated() where states[index] != nil {
            var once: UInt64 = 0
            for step in block.steps {
                guard let cost = cost(analysis.steps[step]) else { return nil }
                once = once.addingSaturated(cost)
            }
            guard let count = greatestCount(of: index) else { return nil }
            total = total.addingSaturated(once.multipliedSaturated(by: count))
        }
        return total
    }

    /// How often a block is executed at most while the function runs once.
    private func greatestCount(of block: Int) -> UInt64? {
        var count: UInt64 = 1
        for head in loopsOfBlock[block] {
            guard let trips = heads[head]?.trips else { return nil }
            count = count.multipliedSaturated(by: trips.addingSaturated(1))
        }
        return count
    }

    // MARK: From block to block

    /// Executes the last step of a block and goes on to those that follow.
    private mutating func leave(_ block: Int, _ state: RangeState) {
        let index = graph.blocks[block].steps.upperBound - 1
        let step = analysis.steps[index]
        guard case .branch(let comparison, let width, let first, let second, _) = step.instruction
        else {
            var state = state
            state.execute(index, self)
            for successor in graph.blocks[block].successors {
                arrive(at: successor, from: block, state)
            }
            return
        }
        for source in [.register(first), second] {
            for head in loopsOfBlock[block] {
                heads[head]?.noteComparison(with: source, state.interval(source, width))
            }
        }
        for successor in graph.blocks[block].successors {
            let isTaken = graph.blocks[successor].steps.lowerBound == Int(step.target)
            let assumption = isTaken ? comparison : comparison.opposite
            var state = state
            // Where both ways lead to the same place, nothing is learned.
            if step.target != index + 1, let assumption {
                guard state.assume(assumption, width, first, second) else { continue }
            }
            arrive(at: successor, from: block, state)
        }
    }

    private mutating func arrive(at block: Int, from source: Int?, _ state: RangeState) {
        var state = state
        if let source, let last = graph.blocks[source].steps.last {
            state.forget(RegisterSet.all.subtracting(analysis.steps[last].live))
        }
        let new: RangeState
        if heads[block] != nil {
            let isBack = source.map { graph.isBackward(from: $0, to: block) } ?? false
            guard let merged = heads[block]?.merge(state, isBack: isBack, states[block])
            else { return }
            new = merged
        } else {
            new = states[block].map { $0.union(state) } ?? state
        }
        guard new != states[block] else { return }
        states[block] = new
        pending.insert(ranks[block])
    }
}

extension UInt64 {
    func addingSaturated(_ other: UInt64) -> UInt64 {
        let sum = addingReportingOverflow(other)
        return sum.overflow ? .max : sum.partialValue
    }

    func multipliedSaturated(by other: UInt64) -> UInt64 {
        let product = multipliedReportingOverflow(by: other)
        return product.overflow ? .max : product.partialValue
    }
}
