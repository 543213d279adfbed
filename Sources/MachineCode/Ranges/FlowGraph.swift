import EBPFBytecode

/// The blocks of a function that control can come to, each before those that it leads to but for
/// the ways back, and the loops.
struct FlowGraph {
    /// The blocks; the first one is the function's entry.
    private(set) var blocks: [Block] = []
    /// The loops, by their heads, in the order of the blocks.
    private(set) var loops: [Loop] = []

    /// Steps that are executed one after the other.
    struct Block {
        let steps: Range<Int>
        /// The blocks to which control may go from here.
        var successors: [Int] = []
        var predecessors: [Int] = []
    }

    /// The blocks from which control comes back to one.
    struct Loop {
        let head: Int
        /// Which blocks belong to it.
        let contains: [Bool]
        /// Whether it is entered at its head only.
        let hasOneEntry: Bool
    }

    init(_ function: FunctionShape, _ steps: [Step]) {
        connect(function.steps, steps)
        loops = blocks.indices.compactMap(loop(at:))
    }

    /// Whether a way from one block to another goes backwards: then that one heads a loop.
    func isBackward(from source: Int, to target: Int) -> Bool { target <= source }

    // MARK: Blocks

    private mutating func connect(_ range: Range<Int>, _ steps: [Step]) {
        let raw = Self.divide(range, steps)
        // Where the block that holds a step begins in `raw`.
        var blockAtStep: [Int: Int] = [:]
        for (index, block) in raw.enumerated() { blockAtStep[block.lowerBound] = index }
        let targets = raw.map { block in
            Self.targets(of: steps[block.upperBound - 1], block.upperBound, range)
                .compactMap { blockAtStep[$0] }
        }
        let order = Self.order(targets)
        var place = Array(repeating: -1, count: raw.count)
        for (index, block) in order.enumerated() { place[block] = index }
        blocks = order.map { Block(steps: raw[$0], successors: targets[$0].map { place[$0] }) }
        for index in blocks.indices {
            for successor in blocks[index].successors {
                blocks[successor].predecessors.append(index)
            }
        }
    }

    private static func divide(_ range: Range<Int>, _ steps: [Step]) -> [Range<Int>] {
        var blocks: [Range<Int>] = []
        var start = range.lowerBound
        for index in range {
            let next = index + 1
            let ends = !steps[index].instruction.isStraight
            guard next == range.upperBound || ends || steps[next].isTarget else { continue }
            blocks.append(start..<next)
            start = next
        }
        return blocks
    }

    private static func targets(of last: Step, _ next: Int, _ range: Range<Int>) -> [Int] {
        var targets: [Int] = []
        if last.traits.fallsThrough, next < range.upperBound { targets.append(next) }
        if let target = last.branchTarget { targets.append(target) }
        return targets
    }

    /// The blocks in reverse postorder.
    private static func order(_ targets: [[Int]]) -> [Int] {
        var postorder: [Int] = []
        var seen = Array(repeating: false, count: targets.count)
        var stack = [(block: 0, next: 0)]
        seen[0] = true
        while let top = stack.last {
            guard top.next < targets[top.block].count else {
                postorder.append(top.block)
                stack.removeLast()
                continue
            }
            stack[stack.count - 1].next += 1
            let target = targets[top.block][top.next]
            guard !seen[target] else { continue }
            seen[target] = true
            stack.append((target, 0))
        }
        return postorder.reversed()
    }

    // MARK: Loops

    private func loop(at head: Int) -> Loop? {
        let latches = blocks[head].predecessors.filter { isBackward(from: $0, to: head) }
        guard !latches.isEmpty else { return nil }
        var contains = Array(repeating: false, count: blocks.count)
        contains[head] = true
        var open = latches
        while let block = open.popLast() {
            guard !contains[block] else { continue }
            contains[block] = true
            open += blocks[block].predecessors
        }
        // On the way back to another entry, blocks before the head come in.
        let hasOneEntry = !contains[..<head].contains(true)
        return Loop(head: head, contains: contains, hasOneEntry: hasOneEntry)
    }

    /// Whether a block is executed once, no more and no less, each time its loop goes back.
    func runsOnce(_ block: Int, in loop: Loop) -> Bool {
        guard
            !loops.contains(where: {
                $0.head != loop.head && loop.contains[$0.head] && $0.contains[block]
            })
        else { return false }
        // Is there a way around it from the head back to the head?
        var seen = Array(repeating: false, count: blocks.count)
        var open = block == loop.head ? [] : [loop.head]
        while let next = open.popLast() {
            guard !seen[next] else { continue }
            seen[next] = true
            for successor in blocks[next].successors
            where successor != block && loop.contains[successor] {
                if successor == loop.head { return false }
                open.append(successor)
            }
        }
        return true
    }
}

extension Instruction {
    /// Whether it always goes on to the next instruction, and nowhere else.
    fileprivate var isStraight: Bool {
        switch self {
        case .jump, .branch, .mayJump, .exit: false
        default: true
        }
    }
}
