import EBPFBytecode

/// Maps, the stack at places that vary, packets, and helpers that take memory.
extension ProgramWriter {
    /// The maps of every program: name, size of values, whether small keys are always there.
    static let maps: [(name: String, valueSize: Int, isArray: Bool)] = [
        ("values", 48, false), ("table", 64, true),
    ]
    static let tableCount = 4

    mutating func lookUp() {
        guard pinned.isDisjoint(with: 0...5) else { return }
        let map = numbers.pick(Self.maps)
        let isKnown = map.isArray && numbers.chance(30)
        let key = "*(u32 *)(r10 - \(Self.bufferOffset - 8))"
        if isKnown || numbers.chance(40) {
            emit("\(key) = \(numbers.pick(0...Self.tableCount - (numbers.chance(95) ? 1 : 0)))")
        } else {
            let source = number()
            emit("\(key) = w\(source)")
        }
        emit("r2 = r10")
        emit("r2 += -\(Self.bufferOffset - 8)")
        emit("r1 = \(map.name) ll")
        emit("call 1")
        forgetArguments()
        registers[0] = .nothing
        if isKnown, numbers.chance(50) { return found(map.valueSize) }
        let out = label()
        if numbers.chance(40), depth < 2 {
            emit("if r0 != 0 goto \(out)")
            emit("exit")
            place(out)
            return found(map.valueSize)
        }
        emit("if r0 == 0 goto \(out)")
        let before = knowledge
        found(map.valueSize)
        block()
        let after = knowledge
        place(out)
        knowledge = before
        join(after)
    }

    private mutating func found(_ size: Int) {
        registers[0] = .value(size: size)
        if numbers.chance(60), let place = preserved() {
            emit("r\(place) = r0")
            registers[place] = registers[0]
        }
        if numbers.chance(60) { accessMemory(0) }
    }

    // MARK: Access

    mutating func accessMemory() {
        guard let pointer = pointer() else { return lookUp() }
        accessMemory(pointer)
    }

    private mutating func accessMemory(_ pointer: Int) {
        guard let size = registers[pointer].size, size > 0 else { return }
        let mayWrite = type == .xdp || !isPacket(registers[pointer])
        if numbers.chance(45) {
            return access(
                "r\(pointer)", offset: 0, room: size, mayWrite,
                isAtomic: !isPacket(registers[pointer]), keeping: [pointer])
        }
        if isPacket(registers[pointer]) { return }
        accessAtIndex(copying: "r\(pointer)", offset: 0, room: size, keeping: [pointer])
    }

    private func isPacket(_ holding: Holding) -> Bool {
        if case .packet = holding { true } else { false }
    }

    private mutating func access(
        _ base: String, offset: Int, room: Int, _ mayWrite: Bool, isAtomic: Bool, keeping: Set<Int>
    ) {
        switch numbers.pick(0...9) {
        case 0..<5:
            let target = free(but: keeping)
            loadNumber(target, base, offset: offset, room: room)
            registers[target] = .number
        case 5..<9 where mayWrite: storeNumber(base, offset: offset, room: room, not: keeping)
        case 9 where isAtomic && mayWrite && room >= 8: atomic(base, offset, keeping)
        default: break
        }
    }

    private mutating func atomic(_ base: String, _ offset: Int, _ keeping: Set<Int>) {
        let (bits, width) = numbers.pick([(64, "r"), (32, "w")])
        let place = Self.place(base, offset)
        let source = changeable(but: keeping)
        registers[source] = .number
        let name = numbers.pick(["add", "or", "and", "xor"])
        switch numbers.pick(0...3) {
        case 0:
            let sign = numbers.pick(["+=", "|=", "&=", "^="])
            emit("lock *(u\(bits) *)(\(place)) \(sign) \(width)\(source)")
        case 1:
            emit(
                "\(width)\(source) = atomic_fetch_\(name)((u\(bits) *)(\(place)), \(width)\(source))"
            )
        case 2:
            let exchange = bits == 64 ? "xchg_64" : "xchg32_32"
            emit("\(width)\(source) = \(exchange)(\(place), \(width)\(source))")
        default:
            guard registers[0].isNumber, !pinned.contains(0) else { return }
            let exchange = bits == 64 ? "cmpxchg_64" : "cmpxchg32_32"
            emit("\(width)0 = \(exchange)(\(place), \(width)0, \(width)\(source))")
        }
    }

    /// An access at a place that is a number, limited in one of the ways of programmers.
    private mutating func accessAtIndex(
        copying base: String, offset: Int, room: Int, keeping: Set<Int>, alignment: Int = 1
    ) {
        let size = numbers.pick([1, 2, 4, 8].filter { $0 <= room && $0 <= alignment || $0 == 1 })
        let limit = room - size + (numbers.chance(3) ? 1 : 0)
        let small = (0...9).filter { registers[$0].limit ?? .max <= limit && !keeping.contains($0) }
        if !small.isEmpty, size == 1 || alignment == 1, numbers.chance(75) {
            return access(copying: base, offset, size, at: numbers.pick(small), keeping)
        }
        let source = number(but: keeping)
        let index = free(but: keeping.union([source]))
        emit("r\(index) = r\(source)")
        registers[index] = .number
        let out = bound(index, to: limit, multiple: alignment > 1 ? size : 1)
        let before = knowledge
        access(copying: base, offset, size, at: index, keeping)
        if let out {
            let after = knowledge
            self.place(out)
            knowledge = before
            join(after)
        }
    }

    private mutating func access(
        copying base: String, _ offset: Int, _ size: Int, at index: Int, _ keeping: Set<Int>
    ) {
        let pointer = free(but: keeping.union([index]))
        emit("r\(pointer) = \(base)")
        if base == "r10" { emit("r\(pointer) += -\(Self.bufferOffset)") }
        emit("r\(pointer) += r\(index)")
        registers[pointer] = .nothing
        let place = Self.place("r\(pointer)", offset)
        if numbers.chance(60) {
            let target = free(but: keeping)
            emit("r\(target) = *(u\(size * 8) *)(\(place))")
            registers[target] = .number
        } else {
            emit("*(u\(size * 8) *)(\(place)) = \(size == 8 ? "r" : "w")\(index)")
        }
    }

    /// Limits a number; gives the label behind what must not happen otherwise.
    private mutating func bound(_ index: Int, to limit: Int, multiple: Int) -> String? {
        let mask = (1 << (Int.bitWidth - 1 - (limit + 1).leadingZeroBitCount)) - 1
        if multiple > 1 {
            emit("r\(index) &= \(mask & ~(multiple - 1))")
            return nil
        }
        switch numbers.pick(0...7) {
        case 0: emit("r\(index) &= \(mask)")
        case 1: emit("r\(index) %= \(limit + 1)")
        case 2: emit("r\(index) >>= \(64 - mask.nonzeroBitCount)")
        case 3: emit("w\(index) &= \(mask)")
        case 4:
            let out = label()
            emit("if r\(index) > \(limit) goto \(out)")
            return out
        case 5:
            let out = label()
            emit("w\(index) = w\(index)")
            emit("if w\(index) \(numbers.pick([">", "s>", ">"])) \(limit) goto \(out)")
            return out
        case 6:
            let out = label()
            emit("if r\(index) s> \(limit) goto \(out)")
            emit("if r\(index) s< 0 goto \(out)")
            return out
        default:
            let out = label()
            let copy = free(but: [index])
            emit("r\(copy) = r\(index)")
            registers[copy] = .number
            emit("if r\(numbers.pick([copy, index])) >= \(limit + 1) goto \(out)")
            return out
        }
        return nil
    }

    mutating func accessStack() {
        accessAtIndex(
            copying: "r10", offset: 0, room: Self.bufferSize, keeping: [], alignment: 8)
    }

    // MARK: Packets

    mutating func accessPacket() {
        if type != .xdp { return loadOldPacket() }
        guard registers[6] == .context else { return }
        let start = free()
        let end = free(but: [start])
        let limit = free(but: [start, end])
        guard Set([start, end, limit]).count == 3, ![start, end, limit].contains(6) else { return }
        emit("r\(start) = *(u32 *)(r6 + 0)")
        emit("r\(end) = *(u32 *)(r6 + 4)")
        (registers[start], registers[end], registers[limit]) = (.nothing, .packetEnd, .nothing)
        if numbers.chance(35) {
            let index = changeable(but: [start, end, limit])
            if registers[index].limit == nil {
                emit("r\(index) &= \(numbers.pick([1, 15, 63, 255, 0xffff]))")
            }
            emit("r\(start) += r\(index)")
        }
        let size = numbers.pick(1...40)
        emit("r\(limit) = r\(start)")
        emit("r\(limit) += \(size)")
        let out = label()
        switch numbers.pick(0...3) {
        case 0: emit("if r\(limit) > r\(end) goto \(out)")
        case 1: emit("if r\(end) < r\(limit) goto \(out)")
        case 2: emit("if r\(limit) >= r\(end) goto \(out)")
        default: emit("if r\(end) <= r\(limit) goto \(out)")
        }
        let before = knowledge
        registers[start] = .packet(size: size)
        for _ in 0..<numbers.pick(1...3) where registers[start] == .packet(size: size) {
            access("r\(start)", offset: 0, room: size, true, isAtomic: false, keeping: [start])
        }
        if numbers.chance(50) { block() }
        let after = knowledge
        place(out)
        knowledge = before
        join(after)
    }

    private mutating func loadOldPacket() {
        guard loadsOldPackets, pinned.isDisjoint(with: 0...5) else { return loadBytes() }
        let size = numbers.pick([8, 16, 32])
        if numbers.chance(60) {
            emit("r0 = *(u\(size) *)skb[\(numbers.pick(0...40))]")
        } else {
            let source = number(but: [6])
            emit("r0 = *(u\(size) *)skb[r\(source) + \(numbers.pick(0...20))]")
        }
        forgetArguments()
    }

    // MARK: Helpers

    mutating func callHelper() {
        guard pinned.isDisjoint(with: 0...5) else { return }
        switch numbers.pick(0...3) {
        case 0: loadBytes()
        case 1: changeMap()
        default:
            emit("call \(numbers.pick([5, 7, 8]))")
            forgetArguments()
        }
    }

    /// `bpf_skb_load_bytes`, `bpf_xdp_load_bytes`, into the stack.
    private mutating func loadBytes() {
        guard registers[6] == .context, pinned.isDisjoint(with: 0...5) else { return }
        let source = number(but: [1, 2, 3, 4])
        let room = numbers.pick([1, 4, 8, 16, 64])
        if [0, 5, 7, 8, 9].contains(source), numbers.chance(50) {
            emit("r4 = r\(source)")
            emit("r4 &= \(min(room, 63))")
            if type != .xdp || numbers.chance(50) {
                let out = label()
                emit("if r4 != 0 goto \(out)")
                emit("r4 = 1")
                place(out)
            }
        } else {
            emit("r4 = \(numbers.pick(1...room))")
        }
        emit("r3 = r10")
        emit("r3 += -\(Self.bufferOffset)")
        emit("r2 = \(numbers.pick(0...60))")
        emit("r1 = r6")
        emit("call \(type == .xdp ? 189 : 26)")
        forgetArguments()
    }

    private mutating func changeMap() {
        let map = numbers.pick(Self.maps)
        emit("*(u32 *)(r10 - \(Self.bufferOffset - 4)) = \(numbers.pick(0...5))")
        emit("r1 = \(map.name) ll")
        emit("r2 = r10")
        emit("r2 += -\(Self.bufferOffset - 4)")
        if numbers.chance(60) {
            emit("r3 = r10")
            emit("r3 += -\(Self.bufferOffset)")
            emit("r4 = 0")
            emit("call 2")
        } else {
            emit("call 3")
        }
        forgetArguments()
    }
}
