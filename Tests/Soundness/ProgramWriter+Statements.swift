import EBPFBytecode

/// Which statement comes next, and those that compute.
extension ProgramWriter {
    mutating func statement() {
        budget -= 1
        switch numbers.pick(0...99) {
        case 0..<6: _ = newNumber()
        case 6..<12: choose()
        case 12..<26: compute()
        case 26..<31: convert()
        case 31..<39: copy()
        case 39..<48: save()
        case 48..<56: restore()
        case 56..<66: guardBlock()
        case 66..<71: loop()
        case 71..<77: lookUp()
        case 77..<86: accessMemory()
        case 86..<90: accessStack()
        case 90..<94: accessPacket()
        case 94..<97: callFunction()
        default: callHelper()
        }
    }

    /// A number from somewhere, in some register.
    @discardableResult
    mutating func newNumber(but taken: Set<Int> = []) -> Int {
        let target = free(but: taken)
        if numbers.chance(25) {
            let limit = numbers.pick(0...40)
            emit("\(numbers.pick(["r", "r", "w"]))\(target) = \(limit)")
            registers[target] = .small(limit)
            return target
        }
        switch numbers.pick(0...6) {
        case 0: emit("r\(target) = \(numbers.edge())")
        case 1: emit("w\(target) = \(numbers.edge())")
        case 2: emit("r\(target) = \(numbers.wideEdge()) ll")
        case 3 where registers[6] == .context: loadFromContext(target)
        case 4 where target == 0 && !isInLoop && pinned.isDisjoint(with: 1...5):
            emit("call \(numbers.pick([5, 7, 8]))")
            forgetArguments()
        default:
            let slot = numbers.pick(0...Self.slotCount - 1)
            guard slots[slot].isNumber else {
                emit("r\(target) = \(numbers.edge())")
                break
            }
            loadNumber(target, "r10", offset: -(slot + 1) * 8, room: 8)
        }
        registers[target] = .number
        return target
    }

    private mutating func loadFromContext(_ target: Int) {
        let offset =
            type == .xdp ? numbers.pick([12, 16]) : numbers.pick([0, 4, 8, 16, 32, 48, 52])
        emit("r\(target) = *(u32 *)(r6 + \(offset))")
    }

    /// Loads a number of some size from `room` bytes that begin at an offset; now and then past them.
    mutating func loadNumber(_ target: Int, _ base: String, offset: Int, room: Int) {
        let (size, start) = piece(of: room)
        let sign = size < 8 && numbers.chance(25) ? "s" : "u"
        emit("r\(target) = *(\(sign)\(size * 8) *)(\(Self.place(base, offset + start)))")
    }

    /// Stores a number of some size.
    mutating func storeNumber(_ base: String, offset: Int, room: Int, not taken: Set<Int> = []) {
        let (size, start) = piece(of: room)
        let place = "*(u\(size * 8) *)(\(Self.place(base, offset + start)))"
        guard numbers.chance(75) else { return emit("\(place) = \(numbers.edge())") }
        let source = number(but: taken)
        emit("\(place) = \(size == 8 ? "r" : "w")\(source)")
    }

    /// A size, and an aligned place for it.
    mutating func piece(of room: Int) -> (size: Int, start: Int) {
        let size = numbers.pick([1, 2, 4, 8].filter { $0 <= max(room, 1) })
        let last = max(0, room / size - 1)
        var start = numbers.pick(0...last) * size
        if numbers.chance(1) { start += size }
        return (size, start)
    }

    static func place(_ base: String, _ offset: Int) -> String {
        "\(base) \(offset < 0 ? "-" : "+") \(abs(offset))"
    }

    // MARK: Computing

    private static let operators = [
        "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "<<=", ">>=", "s>>=", "s/=", "s%=",
    ]

    mutating func compute() {
        let target = changeable()
        let before = registers[target]
        registers[target] = .number
        let width = numbers.pick(["r", "r", "w"])
        if numbers.chance(6) { return emit("\(width)\(target) = -\(width)\(target)") }
        let sign = numbers.pick(Self.operators + ["+=", "-=", "&=", "&="])
        if numbers.chance(45) {
            let source = number()
            return emit("\(width)\(target) \(sign) \(width)\(source)")
        }
        let constant: Int32 =
            switch sign {
            case "<<=", ">>=", "s>>=": Int32(numbers.pick(0...(width == "w" ? 31 : 63)))
            case "/=", "%=", "s/=", "s%=": nonzero()
            default: numbers.edge()
            }
        emit("\(width)\(target) \(sign) \(constant)")
        if sign == "&=", (0...255).contains(constant) { registers[target] = .small(Int(constant)) }
        if sign == "+=", let limit = before.limit, (0...40).contains(constant) {
            registers[target] = .small(limit + Int(constant))
        }
    }

    private mutating func nonzero() -> Int32 {
        let number = numbers.edge()
        return number == 0 ? 1 : number
    }

    mutating func convert() {
        let target = changeable()
        switch numbers.pick(0...3) {
        case 0:
            let bits = numbers.pick([16, 32, 64])
            emit("r\(target) = \(numbers.pick(["be", "le", "bswap"]))\(bits) r\(target)")
        case 1: emit("w\(target) = (s\(numbers.pick([8, 16])))w\(number())")
        default: emit("r\(target) = (s\(numbers.pick([8, 16, 32])))r\(number())")
        }
        registers[target] = .number
    }

    /// A copy, which learns what is learnt of the original; perhaps some more than that.
    mutating func copy() {
        let source = number()
        let target = free(but: [source])
        emit(numbers.chance(75) ? "r\(target) = r\(source)" : "w\(target) = w\(source)")
        registers[target] = registers[source]
        if numbers.chance(40) {
            emit("r\(target) += \(numbers.edge())")
            registers[target] = .number
        }
        guard numbers.chance(50), budget > 0 else { return }
        guardBlock(about: numbers.chance(50) ? target : source)
    }

    // MARK: Saving

    mutating func save() {
        let slot = numbers.pick(0...Self.slotCount - 1)
        guard !pinnedSlots.contains(slot) else { return }
        let offset = -(slot + 1) * 8
        let pointers = (0...9).filter { registers[$0].isPointer || registers[$0].limit != nil }
        if !pointers.isEmpty, numbers.chance(35) {
            let source = numbers.pick(pointers)
            emit("*(u64 *)(r10 - \(-offset)) = r\(source)")
            slots[slot] = registers[source]
            return
        }
        storeNumber("r10", offset: offset, room: 8)
        slots[slot] = .number
    }

    mutating func restore() {
        let slot = numbers.pick(0...Self.slotCount - 1)
        let target = free()
        let offset = -(slot + 1) * 8
        if slots[slot].isNumber, slots[slot].limit == nil || numbers.chance(20) {
            loadNumber(target, "r10", offset: offset, room: 8)
            registers[target] = .number
            return
        } else {
            emit("r\(target) = *(u64 *)(r10 - \(-offset))")
        }
        registers[target] = slots[slot]
    }
}
