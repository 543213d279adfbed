import EBPFBytecode

/// A loop that only copies: an element each time round, from and to places that move on by its size,
/// until a counter reaches a limit.
///
/// eBPF has no block moves, and compilers must not make calls of them; so such loops stay loops.
struct CopyLoop {
    /// The bytes of an element.
    let size: MemorySize
    /// The first element's place at the loop's head, whenever control comes there.
    let source: MemoryOperand
    let target: MemoryOperand
    /// What registers are moved on by, each time round, in the order of the instructions.
    let steps: [(register: Register, by: Int32)]
    /// The register that is compared at the end, and how much it changes each time.
    let counter: Register
    let stride: Int32
    /// What it is compared with; that does not change.
    let limit: Source
    /// Whether the loop goes on while the counter is less, not while it is another number.
    let endsAbove: Bool
    /// The loads and stores.
    let load: Int
    let store: Int
    /// The step behind the loop.
    let end: Int
}

extension UnitAnalysis {
    /// The loop that copies and begins at a step, if one does.
    func copyLoop(at head: Int) -> CopyLoop? {
        var parts = CopyLoopParts(head: head)
        var index = head
        while index < steps.count, index == head || !steps[index].isTarget {
            switch steps[index].instruction {
            case .load(let size, let value, let place):
                guard parts.note(load: index, size, value, place) else { return nil }
            case .store(let size, let place, .register(let value)):
                guard parts.note(store: index, size, value, place) else { return nil }
            case .arithmetic(.add, .doubleWord, let register, .immediate(let by)):
                guard parts.note(step: register, by) else { return nil }
            case .branch(let comparison, .doubleWord, let counter, let limit, _):
                guard let (end, goesOn) = wayOn(comparison, from: index, to: head) else {
                    return nil
                }
                let live = steps[end - 1].live.union(end < steps.count ? steps[end].needed : .none)
                return parts.loop(
                    counter, limit, endsAbove: goesOn == .less, end: end, neededBehind: live)
            default: return nil
            }
            index += 1
        }
        return nil
    }

    /// The step behind a loop that a branch, perhaps over a jump, ends, and when the loop goes on: while
    /// the counter is less, or another number.
    private func wayOn(
        _ comparison: Comparison, from index: Int, to head: Int
    ) -> (end: Int, goesOn: Comparison)? {
        if Int(steps[index].target) == head {
            return comparison == .less || comparison == .notEqual ? (index + 1, comparison) : nil
        }
        guard Int(steps[index].target) == index + 2, case .jump = following(index),
            Int(steps[index + 1].target) == head
        else { return nil }
        return switch comparison {
        case .equal: (index + 2, .notEqual)
        case .greaterOrEqual: (index + 2, .less)
        default: nil
        }
    }
}

/// What was seen of a loop so far.
private struct CopyLoopParts {
    let head: Int
    private var load: (index: Int, size: MemorySize, value: Register, place: MemoryOperand)?
    private var store: (index: Int, place: MemoryOperand)?
    private var steps: [(register: Register, by: Int32)] = []

    init(head: Int) { self.head = head }

    mutating func note(
        load index: Int, _ size: MemorySize, _ value: Register, _ place: MemoryOperand
    ) -> Bool {
        guard load == nil, let place = placeAtHead(place) else { return false }
        load = (index, size, value, place)
        return true
    }

    mutating func note(
        store index: Int, _ size: MemorySize, _ value: Register, _ place: MemoryOperand
    ) -> Bool {
        guard store == nil, let load, load.size == size, load.value == value,
            let place = placeAtHead(place)
        else { return false }
        store = (index, place)
        return true
    }

    mutating func note(step register: Register, _ by: Int32) -> Bool {
        guard register != .r10, !steps.contains(where: { $0.register == register }) else {
            return false
        }
        steps.append((register, by))
        return true
    }

    /// An access as it is before the steps that came first.
    private func placeAtHead(_ place: MemoryOperand) -> MemoryOperand? {
        let moved = steps.first { $0.register == place.base }?.by ?? 0
        return Int16(exactly: Int(place.displacement) + Int(moved)).map {
            MemoryOperand(place.base, $0)
        }
    }

    func loop(
        _ counter: Register, _ limit: Source, endsAbove: Bool, end: Int, neededBehind: RegisterSet
    ) -> CopyLoop? {
        guard let load, let store, let stride = steps.first(where: { $0.register == counter })?.by,
            stride > 0, stride & (stride - 1) == 0,
            load.place.base != store.place.base,
            [load.place.base, store.place.base].allSatisfy({ base in
                steps.contains { $0.register == base && $0.by == Int32(load.size.byteCount) }
            }),
            !steps.contains(where: { $0.register == load.value || .register($0.register) == limit }
            ),
            limit != .register(load.value), limit != .register(.r10),
            !neededBehind.contains(load.value)
        else { return nil }
        return CopyLoop(
            size: load.size, source: load.place, target: store.place, steps: steps,
            counter: counter, stride: stride, limit: limit, endsAbove: endsAbove, load: load.index,
            store: store.index, end: end)
    }
}
