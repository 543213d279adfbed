import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Where execution can go from each instruction, and what follows from that before anything is
/// known of values.
struct ControlFlow {
    /// What is known of each slot.
    private(set) var slots: ContiguousArray<Slot>

    /// What is known of a slot.
    struct Slot {
        /// Where execution goes when a branch is not taken; -1 for nowhere.
        var next: Int32 = -1
        /// Where it goes when it is; -1 for nowhere.
        var branch: Int32 = -1
        /// Whether states are compared here.
        var isPruningPoint = false
        /// Whether a state is always kept here: a loop may turn here.
        var isCheckpoint = false
        /// Whether several ways lead here, so that walking back needs to know which was taken.
        var isJumpPoint = false
        /// Whether it calls a function that calls back.
        var callsBack = false
        /// Whether it asks an iterator for its next element.
        var isIteratorNext = false
        /// The loop that it belongs to; 0 for none.
        var loop: Int32 = 0
        /// The registers that matter before it, one bit each.
        var live: UInt16 = 0
        /// The registers that must be looked at when numbers are followed back over it; see
        /// ``BackwardWalk``.
        var followed: UInt16 = Slot.alwaysFollowed

        /// Following back always must look at it.
        static let alwaysFollowed: UInt16 = 0x8000
    }

    init(_ subject: Subject) throws(Fault) {
        slots = ContiguousArray(repeating: Slot(), count: subject.instructions.count)
        try connect(subject)
        try reach(subject)
        findLoops(subject)
        findLiveRegisters(subject)
        for slot in slots.indices {
            slots[slot].followed = Self.followed(subject.instructions[slot])
        }
    }

    @inline(__always)
    subscript(slot: Int) -> Slot { slots[slot] }

    /// The first instruction from which execution goes back to one that led there.
    var firstBackEdge: Int? {
        slots.indices.first { slot in
            let loop = slots[slot].loop
            guard loop != 0 else { return false }
            return [slots[slot].next, slots[slot].branch].contains {
                $0 >= 0 && $0 <= Int32(slot) && slots[Int($0)].loop == loop
            }
        }
    }
}

// MARK: - Edges

extension ControlFlow {
    private mutating func connect(_ subject: Subject) throws(Fault) {
        for function in subject.functions {
            var slot = function.start
            var last: Instruction?
            while slot < function.end {
                let instruction = subject.instructions[slot]
                let width = instruction?.slotCount ?? 1
                try connect(slot, instruction, width, function, subject)
                last = instruction
                slot += width
            }
            switch last {
            case .exit, .jump: break
            default:
                throw Fault(
                    .fallsThrough, "the function's last instruction is neither exit nor a jump",
                    slot: function.end - 1)
            }
        }
    }

    private mutating func connect(
        _ slot: Int, _ instruction: Instruction?, _ width: Int, _ function: Subprogram,
        _ subject: Subject
    ) throws(Fault) {
        switch instruction {
        case .exit: break
        case .jump(let distance, _):
            slots[slot].branch = try target(slot, distance, function, subject)
            markTarget(Int(slots[slot].branch))
        case .branch(_, _, _, _, let distance), .mayJump(let distance):
            slots[slot].next = Int32(slot + 1)
            slots[slot].branch = try target(slot, Int32(distance), function, subject)
            slots[slot].isPruningPoint = true
            markTarget(Int(slots[slot].branch))
            if case .mayJump = instruction {
                slots[slot].isCheckpoint = true
            }
        default:
            if slot + width < function.end { slots[slot].next = Int32(slot + width) }
            connectCall(slot, instruction, subject)
        }
    }

    /// Ways meet where a jump lands, and walking back must know from where it came.
    private mutating func markTarget(_ slot: Int) {
        guard slots.indices.contains(slot) else { return }
        slots[slot].isPruningPoint = true
        slots[slot].isJumpPoint = true
    }

    private mutating func connectCall(_ slot: Int, _ instruction: Instruction?, _ subject: Subject)
    {
        if case .loadImmediate(_, .function(let distance))? = instruction {
            slots[slot].isPruningPoint = true
            markTarget(slot + 2)
            markTarget(slot + 1 + Int(distance))
        }
        guard case .call(let callee)? = instruction else { return }
        // States are compared behind every call.
        markTarget(slot + 1)
        switch callee {
        case .helper(let number):
            if HelperID(rawValue: UInt32(bitPattern: number))?.callsBackNow == true {
                markCallingBack(slot)
            }
            if number == Int32(HelperID.timerSetCallback.rawValue) {
                slots[slot].isPruningPoint = true
            }
        case .local(let distance):
            slots[slot].isPruningPoint = true
            markTarget(slot + 1 + Int(distance))
        case .kernelFunction:
            guard case .kernelFunction(let name, _)? = subject.names[slot] else { return }
            let role = KernelFunctionRole(name)
            switch role {
            case .iteratorNext:
                slots[slot].isIteratorNext = true
                slots[slot].isPruningPoint = true
                slots[slot].isCheckpoint = true
            case .synchronousCallback: markCallingBack(slot)
            case .asynchronousCallback: slots[slot].isPruningPoint = true
            case nil: break
            }
        case .register: break
        }
    }

    /// The callback may be simulated again and again: states are kept before the call.
    private mutating func markCallingBack(_ slot: Int) {
        slots[slot].callsBack = true
        slots[slot].isCheckpoint = true
        // The callback returns to the call itself.
        markTarget(slot)
    }

    private func target(
        _ slot: Int, _ distance: Int32, _ function: Subprogram, _ subject: Subject
    ) throws(Fault) -> Int32 {
        let target = slot + 1 + Int(distance)
        guard target >= function.start, target < function.end else {
            throw Fault(
                .fallsThrough, "it jumps out of its function, to slot \(target)", slot: slot)
        }
        if target > 0, case .loadImmediate? = subject.instructions[target - 1] {
            throw Fault(
                .invalidInstruction, "it jumps into the middle of a 64-bit constant", slot: slot)
        }
        return Int32(target)
    }

    /// Finds instructions that nothing leads to.
    private func reach(_ subject: Subject) throws(Fault) {
        var isReached = [Bool](repeating: false, count: slots.count)
        var pending = [0]
        isReached[0] = true
        for function in subject.functions where function.isExceptionCallback {
            pending.append(function.start)
            isReached[function.start] = true
        }
        while let slot = pending.popLast() {
            var targets = [Int(slots[slot].next), Int(slots[slot].branch)]
            switch subject.instructions[slot] {
            case .call(.local(let distance)), .loadImmediate(_, .function(let distance)):
                targets.append(slot + 1 + Int(distance))
            default: break
            }
            for target in targets where target >= 0 && !isReached[target] {
                isReached[target] = true
                pending.append(target)
            }
        }
        var slot = 0
        while slot < slots.count {
            guard isReached[slot] else {
                throw Fault(.unreachable, "nothing leads to this instruction", slot: slot)
            }
            slot += subject.instructions[slot]?.slotCount ?? 1
        }
    }
}

// MARK: - Loops

extension ControlFlow {
    /// Numbers the strongly connected components that are loops (Tarjan, without recursion).
    private mutating func findLoops(_ subject: Subject) {
        let count = slots.count
        var order = [Int32](repeating: 0, count: count)
        var low = [Int32](repeating: 0, count: count)
        var isOpen = [Bool](repeating: false, count: count)
        var open: [Int32] = []
        var clock: Int32 = 0
        var loops: Int32 = 0
        for function in subject.functions where order[function.start] == 0 {
            var path: [(slot: Int32, edge: UInt8)] = [(Int32(function.start), 0)]
            while let (slot, edge) = path.last {
                let index = Int(slot)
                if edge == 0 {
                    clock += 1
                    order[index] = clock
                    low[index] = clock
                    open.append(slot)
                    isOpen[index] = true
                }
                if edge < 2 {
                    path[path.count - 1].edge = edge + 1
                    let target = edge == 0 ? slots[index].next : slots[index].branch
                    guard target >= 0 else { continue }
                    if order[Int(target)] == 0 {
                        path.append((target, 0))
                    } else if isOpen[Int(target)] {
                        low[index] = min(low[index], order[Int(target)])
                    }
                    continue
                }
                path.removeLast()
                if let above = path.last {
                    low[Int(above.slot)] = min(low[Int(above.slot)], low[index])
                }
                guard low[index] == order[index] else { continue }
                close(slot, &open, &isOpen, &loops)
            }
        }
    }

    private mutating func close(
        _ slot: Int32, _ open: inout [Int32], _ isOpen: inout [Bool], _ loops: inout Int32
    ) {
        let turnsOnItself = slots[Int(slot)].branch == slot || slots[Int(slot)].next == slot
        let isLoop = open.last != slot || turnsOnItself
        if isLoop { loops += 1 }
        while let member = open.popLast() {
            isOpen[Int(member)] = false
            if isLoop { slots[Int(member)].loop = loops }
            if member == slot { break }
        }
    }
}

// MARK: - Live registers

extension ControlFlow {
    private static let arguments: UInt16 = 0b11_1110
    private static let scratched: UInt16 = 0b11_1111

    /// A register matters where some way leads to a read of it without a write before.
    private mutating func findLiveRegisters(_ subject: Subject) {
        let effects = subject.instructions.indices.map { effect(at: $0, subject) }
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for slot in slots.indices.reversed() {
                var after: UInt16 = 0
                if slots[slot].next >= 0 { after |= slots[Int(slots[slot].next)].live }
                if slots[slot].branch >= 0 { after |= slots[Int(slots[slot].branch)].live }
                let before = after & ~effects[slot].written | effects[slot].read
                if before != slots[slot].live {
                    slots[slot].live = before
                    hasChanged = true
                }
            }
        }
    }

    private func effect(at slot: Int, _ subject: Subject) -> (read: UInt16, written: UInt16) {
        func bit(_ register: Register) -> UInt16 { 1 << UInt16(register.rawValue) }
        func bit(_ source: Source) -> UInt16 {
            if case .register(let register) = source { bit(register) } else { 0 }
        }
        switch subject.instructions[slot] {
        case nil, .jump, .mayJump: return (0, 0)
        case .arithmetic(_, _, let target, let source):
            return (bit(target) | bit(source), bit(target))
        case .negate(_, let target), .convert(let target, _, _), .swap(let target, _):
            return (bit(target), bit(target))
        case .move(_, let target, let source): return (bit(source), bit(target))
        case .moveSigned(_, let target, _, let source),
            .castAddressSpace(let target, let source, _, _):
            return (bit(source), bit(target))
        case .branch(_, _, let left, let right, _): return (bit(left) | bit(right), 0)
        case .exit: return (1, 0)
        case .load(_, let target, let place), .loadSigned(_, let target, let place),
            .loadAcquire(_, let target, let place):
            return (bit(place.base), bit(target))
        case .store(_, let place, let source): return (bit(place.base) | bit(source), 0)
        case .storeRelease(_, let place, let source): return (bit(place.base) | bit(source), 0)
        case .atomic(let operation, _, let place, let source):
            let base = bit(place.base) | bit(source)
            switch operation {
            case .compareExchange: return (base | 1, 1)
            case .exchange, .add(true), .or(true), .and(true), .xor(true):
                return (base, bit(source))
            case .add, .or, .and, .xor: return (base, 0)
            }
        case .loadImmediate(let target, _): return (0, bit(target))
        // Linux takes all of them to be read.
        case .loadPacket: return (0b11_1111_1111, 0)
        case .call(let callee):
            return (Self.arguments(of: callee, at: slot, subject), Self.scratched)
        }
    }

    /// The registers that matter when numbers are followed back over an instruction: those that it
    /// gives their numbers, and addresses that it stores through.
    private static func followed(_ instruction: Instruction?) -> UInt16 {
        func bit(_ register: Register) -> UInt16 { 1 << UInt16(register.rawValue) }
        switch instruction {
        case nil, .negate, .convert, .swap, .jump, .mayJump: return 0
        case .arithmetic(_, _, let target, _), .move(_, let target, _),
            .moveSigned(_, let target, _, _), .castAddressSpace(let target, _, _, _),
            .load(_, let target, _), .loadSigned(_, let target, _),
            .loadAcquire(_, let target, _), .loadImmediate(let target, _):
            return bit(target)
        case .branch(_, _, let left, let right, _):
            if case .register(let register) = right { return bit(left) | bit(register) }
            return 0
        case .store(_, let place, _), .storeRelease(_, let place, _): return bit(place.base)
        case .atomic, .loadPacket, .call, .exit: return Slot.alwaysFollowed
        }
    }

    private static func arguments(
        of callee: Callee, at slot: Int, _ subject: Subject
    ) -> UInt16 {
        let count: Int?
        switch callee {
        case .helper(let number):
            count = Helper(number: UInt32(bitPattern: number))?.parameters.count
        case .kernelFunction:
            guard case .kernelFunction(_, let type?)? = subject.names[slot] else {
                return arguments
            }
            count = try? subject.kernelTypes?.prototype(of: type).parameters.count
        case .local, .register: count = nil
        }
        return count.map { (1 << UInt16(min($0, 5) + 1)) - 2 } ?? arguments
    }
}

// MARK: - Functions that call back

extension HelperID {
    /// Whether it calls a function of the program before it returns.
    var callsBackNow: Bool {
        switch self {
        case .loop, .forEachMapElem, .findVma, .userRingbufDrain: true
        default: false
        }
    }
}

/// What matters of a kernel function for where execution goes.
enum KernelFunctionRole {
    case iteratorNext, synchronousCallback, asynchronousCallback

    init?(_ name: String) {
        if name.hasPrefix("bpf_iter_"), name.hasSuffix("_next") {
            self = .iteratorNext
        } else if name == "bpf_rbtree_add_impl" {
            self = .synchronousCallback
        } else if name == "bpf_wq_set_callback_impl" || name.hasPrefix("bpf_task_work_schedule") {
            self = .asynchronousCallback
        } else {
            return nil
        }
    }
}
