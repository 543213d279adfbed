import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What a person could change, told from what is known where the walk ended.
extension Walk {
    /// Advice with the names and numbers of the program; `nil` where nothing exact can be said.
    func advice(on fault: Fault) -> Advice? {
        guard fault.slot == nil || fault.slot == slot, subject.instructions.indices.contains(slot)
        else { return nil }
        switch fault.code {
        case .possiblyNull: return nullAdvice(fault)
        case .invalidPointer: return isNull ? nullAdvice(fault) : nil
        case .outOfBounds, .unbounded, .possiblyNegative, .stackBounds:
            return indexAdvice() ?? sizeAdvice(fault)
        case .emptyAccess: return emptyAdvice(fault)
        case .packetBounds: return packetAdvice()
        case .tooComplex: return loopAdvice()
        case .uninitializedRegister:
            // Where Swift's optimiser knows that a check failed, nothing follows it.
            let isSwift = subject.program.line(at: slot)?.isSwift ?? false
            return isSwift && subject.instructions[slot] == .exit ? .check : nil
        case .leakedReference: return heldAdvice()
        default: return nil
        }
    }

    private func source(at slot: Int) -> SourceText? {
        guard let line = subject.program.line(at: slot), !line.text.isEmpty else { return nil }
        return SourceText(line.text)
    }

    // MARK: Null

    /// Whether what is accessed is null for certain: a test found it so, and execution went on.
    private var isNull: Bool { accessed.map { $0.pointer.isZero } ?? false }

    private func nullAdvice(_ fault: Fault) -> Advice? {
        let word = fault.message.prefix { $0 != " " }
        guard let register = Register.allCases.first(where: { "\($0)" == word }) else { return nil }
        var null = Advice.Null()
        guard let (origin, test) = origin(of: register) else { return isNull ? nil : .null(null) }
        if isNull {
            guard let test, case .call? = subject.instructions[origin] else { return nil }
            null.test = subject.program.line(at: test)
        }
        null.line = subject.program.line(at: origin)
        let maker = calledFunction(at: origin)
        null.maker = maker.map { "\($0)()" }
        null.isLookUp = maker?.hasPrefix("bpf_map_lookup_") ?? false
        null.isReservation = maker == "bpf_ringbuf_reserve"
        guard let text = source(at: origin), let name = text.assigned,
            source(at: slot)?.contains(name) ?? false
        else { return .null(null) }
        null.name = name
        null.expression = text.assignedExpression
        return .null(null)
    }

    /// The helper or kernel function that an instruction calls.
    private func calledFunction(at slot: Int) -> String? {
        switch subject.instructions[slot] {
        case .call(.helper(let number)):
            let helper = Helper.all.first { $0.id.rawValue == UInt32(bitPattern: number) }
            return helper.map { "bpf_\($0.name)" }
        case .call(.kernelFunction):
            guard case .kernelFunction(let name, _)? = subject.names[slot] else { return nil }
            return name
        default: return nil
        }
    }

    // MARK: What is held

    private func heldAdvice() -> Advice? {
        guard let held = state.references.first(where: { $0.kind == .pointer }),
            subject.instructions.indices.contains(Int(held.slot)),
            let maker = calledFunction(at: Int(held.slot))
        else { return nil }
        return .held(
            Advice.Held(
                name: source(at: Int(held.slot))?.assigned, maker: maker,
                line: subject.program.line(at: Int(held.slot))))
    }

    // MARK: Indices

    /// The pointer of a load or store, and how much is accessed.
    private var accessed: (pointer: RegisterState, displacement: Int64, size: Int)? {
        let place: MemoryOperand
        let size: MemorySize
        switch subject.instructions[slot] {
        case .load(let width, _, let operand), .loadSigned(let width, _, let operand),
            .loadAcquire(let width, _, let operand), .store(let width, let operand, _),
            .storeRelease(let width, let operand, _), .atomic(_, let width, let operand, _):
            (place, size) = (operand, width)
        default: return nil
        }
        return (state[Int(place.base.rawValue)], Int64(place.displacement), size.byteCount)
    }

    private func indexAdvice() -> Advice? {
        guard let (pointer, displacement, size) = accessed else { return additionAdvice() }
        return indexAdvice(pointer, pointer.number, displacement, size)
    }

    /// Where a number that may be anything is added to a pointer, the access is still to come.
    private func additionAdvice() -> Advice? {
        guard
            case .arithmetic(.add, .doubleWord, let target, .register(let added))? =
                subject.instructions[slot]
        else { return nil }
        let (left, right) = (state[Int(target.rawValue)], state[Int(added.rawValue)])
        let (pointer, number) = left.isPointer ? (left, right) : (right, left)
        guard pointer.isPointer, number.kind == .scalar else { return nil }
        return indexAdvice(pointer, number.number, 0, 1)
    }

    private func indexAdvice(
        _ pointer: RegisterState, _ number: Scalar, _ displacement: Int64, _ size: Int
    ) -> Advice? {
        let fixed = Int64(pointer.offset) + displacement
        guard !number.isConstant, let (room, memory) = room(of: pointer, from: fixed) else {
            return nil
        }
        // Of what is multiplied by the size of an element, the lowest bits are known to be 0.
        let stride = UInt64(1) << UInt64(min(number.bits.mask.trailingZeroBitCount, 32))
        let last = room - fixed - Int64(size)
        guard last >= 0 else { return nil }
        let isLimited = number.greatest < UInt64(Self.offsetLimit)
        let index = Advice.Index(
            expression: source(at: slot)?.onlyIndex,
            greatest: isLimited ? number.greatest / stride : nil,
            mayBeNegative: number.leastSigned < 0, count: UInt64(last) / stride + 1,
            memory: memory)
        return .index(index)
    }

    /// Where the memory ends that a pointer leads to, in bytes from its start, and what it is.
    private func room(of pointer: RegisterState, from offset: Int64) -> (Int64, String)? {
        switch pointer.kind {
        case .mapValue:
            let map = subject.maps[Int(pointer.detail)]
            if let variable = variable(of: map, at: offset) {
                return (variable.end, "`\(variable.name)` has \(variable.size) bytes")
            }
            let size = "the value of map \(map.name) has \(map.valueSize) bytes"
            return (Int64(map.valueSize), offset > 0 ? "\(size), \(offset) of them before" : size)
        case .memory: return (Int64(pointer.detail), "the memory has \(pointer.detail) bytes")
        case .stack:
            let size = -Int64(pointer.offset)
            guard size > 0 else { return nil }
            return (0, "\(size) bytes of stack are there")
        default: return nil
        }
    }

    /// The global variable at a byte of a section of the program, which is a map to the kernel.
    private func variable(
        of map: MapFacts, at offset: Int64
    ) -> (name: String, size: Int64, end: Int64)? {
        guard map.name.hasPrefix("."), let types = subject.types,
            let section = try? types.dataSection(map.name)
        else { return nil }
        for variable in section.variables {
            let (start, size) = (Int64(variable.offset), Int64(variable.size))
            guard offset >= start, offset < start + size,
                let name = try? types.name(of: variable.type), !name.isEmpty
            else { continue }
            return (name, size, start + size)
        }
        return nil
    }

    // MARK: Sizes

    /// The register with the size that a fault is about, and what the source calls it.
    private func size(_ fault: Fault) -> (place: Int, expression: String?)? {
        guard case .call(.helper(let number))? = subject.instructions[slot],
            let helper = Helper.all.first(where: { $0.id.rawValue == UInt32(bitPattern: number) }),
            let place = (2...5).first(where: { number in
                let words = "the size in r\(number)"
                return fault.message.contains(words + " ") || fault.message.hasSuffix(words)
            })
        else { return nil }
        return (place, source(at: slot)?.argument(place - 1, of: "bpf_\(helper.name)"))
    }

    private func emptyAdvice(_ fault: Fault) -> Advice? {
        size(fault).map { .emptySize($0.expression) }
    }

    private func sizeAdvice(_ fault: Fault) -> Advice? {
        guard let (place, expression) = size(fault) else { return nil }
        let pointer = state[place - 1]
        guard pointer.number.isConstant,
            let (room, _) = room(of: pointer, from: Int64(pointer.offset))
        else { return nil }
        let size = Advice.Size(
            expression: expression,
            mayBeNegative: state[place].number.leastSigned < 0,
            limit: UInt64(max(room - Int64(pointer.offset), 0)))
        return .size(size)
    }

    // MARK: Packets

    private func packetAdvice() -> Advice? {
        guard let (pointer, displacement, size) = accessed, pointer.number.isConstant else {
            return nil
        }
        let needed = Int64(pointer.offset) + displacement + Int64(size)
        guard needed > 0 else { return nil }
        var packet = Advice.Packet(
            needed: needed, known: Int64(max(pointer.range, 0)), start: nil, end: nil)
        let texts = Set(subject.program.lines.map(\.text)).map { SourceText($0) }
        if subject.program.line(at: slot)?.isSwift ?? false {
            packet.start = Self.only(texts.compactMap { $0.owner(of: "dataStart") })
        } else {
            packet.start = Self.only(texts.compactMap { $0.variable(givenMember: "data") })
            packet.end = Self.only(texts.compactMap { $0.variable(givenMember: "data_end") })
        }
        return .packet(packet)
    }

    private static func only(_ names: [String]) -> String? {
        let names = Set(names)
        return names.count == 1 ? names.first : nil
    }

    // MARK: Loops

    /// How far back a loop is looked for.
    private static let loopReach = 100_000

    private func loopAdvice() -> Advice? {
        var turns: [Int: Int] = [:]
        var seen = 0
        walkBack { index, _ in
            if case .branch? = subject.instructions[index] { turns[index, default: 0] += 1 }
            seen += 1
            return seen < Self.loopReach
        }
        // Inner branches of one loop turn as often as it does; its head is the one that says so.
        let most = turns.values.max() ?? 0
        let slots = turns.filter { $0.value * 10 >= most * 9 }.keys.sorted()
        guard most > 16 else { return nil }
        let lines = slots.compactMap { subject.program.line(at: $0) }.filter { $0.line > 0 }
        let head = lines.first { SourceText($0.text).loop != nil } ?? lines.first
        guard let line = head else { return nil }
        let loop = SourceText(line.text).loop
        return .loop(
            Advice.Loop(line: line, variable: loop?.variable, limit: loop?.limit, turns: most))
    }
}

extension SourceText {
    /// The variable that is given a member of something, such as `end` in `end = ctx->data_end`.
    fileprivate func variable(givenMember member: String) -> String? {
        guard contains(member), let expression = assignedExpression,
            expression.hasSuffix("->" + member) || expression.hasSuffix("." + member)
        else { return nil }
        return assigned
    }
}
