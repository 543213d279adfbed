/// Branches, loops and calls.
extension ProgramWriter {
    private static let signs = ["==", "!=", ">", ">=", "<", "<=", "s>", "s>=", "s<", "s<=", "&"]

    /// A condition about a number, and a constant or another number.
    private mutating func condition(about register: Int) -> String {
        let width = numbers.pick(["r", "r", "w"])
        let sign = numbers.pick(Self.signs)
        let right = numbers.chance(65) ? "\(numbers.edge())" : "\(width)\(number())"
        return "\(width)\(register) \(sign) \(right)"
    }

    mutating func guardBlock() { guardBlock(about: number()) }

    /// Statements under a condition, and perhaps others without it.
    mutating func guardBlock(about register: Int) {
        guard depth < 5 else { return }
        let other = label()
        emit("if \(condition(about: register)) goto \(other)")
        let before = knowledge
        block()
        if !isDead, numbers.chance(12), depth < 2 { end() }
        let after = knowledge
        guard numbers.chance(50) else {
            place(other)
            knowledge = before
            return join(after)
        }
        let out = label()
        if !after.isDead { emit("goto \(out)") }
        place(other)
        knowledge = before
        block()
        let isOpen = !isDead
        if isOpen || !after.isDead { place(out) }
        join(after)
    }

    /// One of two small numbers, as something decides that may decide more later; now and then one
    /// of them is not so small after all.
    mutating func choose() {
        let target = free()
        let condition = condition(about: number())
        let limit = numbers.pick([1, 3, 7, 15, 31, 40])
        let lie = numbers.chance(5) ? 100 : 0
        let other = label()
        if numbers.chance(50) {
            let out = label()
            emit("if \(condition) goto \(other)")
            emit("r\(target) = \(numbers.pick(0...limit) + lie)")
            emit("goto \(out)")
            place(other)
            emit("r\(target) = \(numbers.pick(0...limit))")
            place(out)
        } else {
            emit("r\(target) = \(numbers.pick(0...limit))")
            emit("if \(condition) goto \(other)")
            emit("r\(target) = \(numbers.pick(0...limit) + lie)")
            place(other)
        }
        registers[target] = .small(limit)
        let slot = numbers.pick(0...Self.slotCount - 1)
        guard numbers.chance(40), !pinnedSlots.contains(slot) else { return }
        emit("*(u64 *)(r10 - \((slot + 1) * 8)) = r\(target)")
        slots[slot] = registers[target]
    }

    // MARK: Loops

    mutating func loop() {
        guard depth < 2, let counter = preserved() else { return }
        let wasInLoop = isInLoop
        let before = (pinned, pinnedSlots)
        isInLoop = true
        defer {
            isInLoop = wasInLoop
            (pinned, pinnedSlots) = before
        }
        // What calls overwrite must not be relied on in the next round.
        for register in 0...5 where registers[register].isPointer { registers[register] = .nothing }
        for register in 6...9 where registers[register].isPointer { pinned.insert(register) }
        for slot in slots.indices where slots[slot].isPointer { pinnedSlots.insert(slot) }
        switch numbers.pick(0...3) {
        case 0: countInStack()
        case 1: countDown(counter)
        case 2: countToNumber(counter)
        default: countUp(counter)
        }
    }

    /// The statements of a loop; afterwards everything holds the kind of thing that it held before.
    private mutating func body(ending end: String?) {
        let before = knowledge
        block()
        if let end, !isDead, numbers.chance(15) {
            emit("if \(condition(about: number())) goto \(end)")
        }
        if isDead { knowledge = before }
        for register in 0...9 where registers[register] != before.registers[register] {
            switch before.registers[register] {
            case .number: emit("r\(register) = \(numbers.edge())")
            case .small(let limit): emit("r\(register) = \(numbers.pick(0...limit))")
            default: break
            }
            registers[register] = before.registers[register]
        }
        for slot in slots.indices where slots[slot] != before.slots[slot] {
            let value = before.slots[slot].limit.map { Int32(numbers.pick(0...$0)) }
            emit("*(u64 *)(r10 - \((slot + 1) * 8)) = \(value ?? numbers.edge())")
            slots[slot] = before.slots[slot]
        }
    }

    private mutating func countUp(_ counter: Int) {
        let limit = numbers.pick(1...6), step = numbers.pick([1, 1, 1, 2])
        let (head, out) = (label(), label())
        let start = numbers.chance(80) ? 0 : numbers.pick(-2...2)
        emit("r\(counter) = \(start)")
        registers[counter] = start < 0 ? .number : .small(limit + 1)
        pinned.insert(counter)
        place(head)
        body(ending: out)
        emit("r\(counter) += \(step)")
        emit("if \(numbers.pick(["r", "r", "w"]))\(counter) s< \(limit) goto \(head)")
        place(out)
    }

    private mutating func countDown(_ counter: Int) {
        let head = label()
        let start = numbers.pick(1...6)
        emit("r\(counter) = \(start)")
        registers[counter] = .small(start)
        pinned.insert(counter)
        place(head)
        body(ending: nil)
        emit("r\(counter) -= 1")
        emit("if r\(counter) \(numbers.pick(["!=", "s>"])) 0 goto \(head)")
    }

    /// The limit is a number that was limited itself.
    private mutating func countToNumber(_ counter: Int) {
        pinned.insert(counter)
        guard let limit = preserved() else { return }
        let source = number(but: [counter, limit])
        emit("r\(limit) = r\(source)")
        emit("r\(limit) &= \(numbers.pick([1, 3, 7]))")
        registers[limit] = .small(7)
        pinned.insert(limit)
        emit("r\(counter) = 0")
        registers[counter] = .small(7)
        let (head, out) = (label(), label())
        place(head)
        emit("if r\(counter) >= r\(limit) goto \(out)")
        body(ending: out)
        emit("r\(counter) += 1")
        emit("goto \(head)")
        place(out)
    }

    /// The counter is saved and restored in each round.
    private mutating func countInStack() {
        let slot = numbers.pick(0...Self.slotCount - 1)
        guard !pinnedSlots.contains(slot) else { return }
        let place = "*(u64 *)(r10 - \((slot + 1) * 8))"
        emit("\(place) = 0")
        slots[slot] = .small(6)
        pinnedSlots.insert(slot)
        let head = label()
        self.place(head)
        body(ending: nil)
        let counter = changeable()
        registers[counter] = .number
        emit("r\(counter) = \(place)")
        emit("r\(counter) += 1")
        emit("\(place) = r\(counter)")
        emit("if r\(counter) < \(numbers.pick(1...6)) goto \(head)")
    }

    // MARK: Calls

    mutating func callFunction() {
        guard let function = functions.isEmpty ? nil : numbers.pick(functions),
            pinned.isDisjoint(with: 0...5)
        else { return }
        if function.isCallback { return callBack(function) }
        var sources: [String] = []
        for parameter in function.parameters {
            guard let source = source(of: parameter) else { return }
            sources.append(source)
        }
        for (index, source) in sources.enumerated() {
            emit("r\(index + 1) = \(source)")
            if source == "r10" { emit("r\(index + 1) += -\(Self.bufferOffset)") }
        }
        emit("call \(function.name)")
        forgetArguments()
    }

    /// What is passed, from where earlier arguments do not overwrite it.
    private mutating func source(of parameter: Holding) -> String? {
        switch parameter {
        case .number:
            let found = [0, 6, 7, 8, 9].filter { registers[$0].isNumber }
            return found.isEmpty || numbers.chance(20)
                ? "\(numbers.edge())" : "r\(numbers.pick(found))"
        case .small(let limit):
            let found = [0, 6, 7, 8, 9].filter { registers[$0].limit ?? .max <= limit }
            return found.isEmpty || numbers.chance(20)
                ? "\(numbers.pick(0...limit + (numbers.chance(3) ? 60 : 0)))"
                : "r\(numbers.pick(found))"
        case .stack: return "r10"
        case .value(let size):
            let found = [0, 6, 7, 8, 9].filter {
                if case .value(let other) = registers[$0] { other >= size } else { false }
            }
            return found.isEmpty ? nil : "r\(numbers.pick(found))"
        case .context: return registers[6] == .context ? "r6" : nil
        case .nothing, .packet, .packetEnd: return nil
        }
    }

    private mutating func callBack(_ function: FunctionShape) {
        guard !isInLoop else { return }
        if numbers.chance(50) {
            emit("r1 = \(numbers.pick(0...6))")
        } else {
            let source = number()
            emit("r1 = r\(source)")
            emit("r1 &= \(numbers.pick([1, 3, 7]))")
        }
        emit("r2 = \(function.name) ll")
        emit("r3 = r10")
        emit("r3 += -\(Self.bufferOffset)")
        emit("r4 = 0")
        emit("call 181")
        forgetArguments()
    }
}
