import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import OrderedCollections

/// What a person wants to know of a path that failed: what was known, and how execution came there.
extension Walk {
    /// How many branches are told.
    private static let stepLimit = 64
    /// How often the way may turn in one loop before the rest of it is left out.
    private static let repetitionLimit = 10_000

    /// What is known of each register before the faulty instruction.
    func knownRegisters() -> OrderedDictionary<String, String> {
        var known: OrderedDictionary<String, String> = [:]
        for register in Register.allCases where register != .r10 {
            let value = state[Int(register.rawValue)]
            guard value.kind != .uninitialized else { continue }
            known["\(register)"] = text(of: value) + provenance(of: register)
        }
        for index in state.stacks[state.current].indices {
            let slot = state.stacks[state.current][index]
            guard slot.isSaved else { continue }
            known["fp-\((index + 1) * 8)"] = text(of: slot.register)
        }
        return known
    }

    /// The line where a register's value comes from, if it is another one.
    private func provenance(of register: Register) -> String {
        guard let origin = origin(of: register, throughArithmetic: true)?.slot,
            let line = subject.program.line(at: origin), line.line > 0,
            line.line != subject.program.line(at: slot)?.line
        else { return "" }
        return ", from line \(line.line)"
    }

    private func text(of value: RegisterState) -> String {
        if value.kind == .scalar { return value.number.description }
        var text = value.title
        switch value.kind {
        case .mapValue, .map, .mapKey:
            if subject.maps.indices.contains(Int(value.detail)) {
                text += " (\(subject.maps[Int(value.detail)].name))"
            }
        case .packet where value.range > 0: text += ", \(value.range) bytes of which are there"
        case .memory: text += " of \(value.detail) bytes"
        case .structure:
            let types =
                value.detail2 == RegisterState.TypeSource.program
                ? subject.types : subject.kernelTypes
            if let name = try? types?.name(of: .init(value.detail)), !name.isEmpty {
                text = "a pointer to struct \(name)"
            }
        default: break
        }
        if value.isNullable { text += " or null" }
        if value.offset != 0 { text += ", \(value.offset > 0 ? "+" : "")\(value.offset) bytes" }
        if value.isPointer, !value.number.isConstant { text += ", and \(value.number) more" }
        return text
    }

    /// The branches on the way from the program's start to the instruction, in their order.
    func path() -> [Rejection.Step] {
        var steps: [Rejection.Step] = []
        var repetitions = 0
        walkBack { index, next in
            if next >= 0, let step = step(at: index, before: next) {
                // Of a loop, one turn is enough.
                if step == steps.last { repetitions += 1 } else { steps.append(step) }
            }
            return steps.count < Self.stepLimit && repetitions < Self.repetitionLimit
        }
        return steps.prefix(Self.stepLimit).reversed()
    }

    /// What a branch or call decided, if the instruction is one.
    private func step(at index: Int, before next: Int) -> Rejection.Step? {
        let note: String
        switch subject.instructions[index] {
        case .branch(let comparison, let width, let left, let right, _):
            let isTaken = next == Int(flow.slots[index].branch)
            let name = width == .word ? left.lowHalfName : "\(left)"
            note = "if \(name) \(comparison.sign) \(right.text(width)): \(isTaken ? "yes" : "no")"
        case .call(.local(let distance)):
            guard next == index + 1 + Int(distance) else { return nil }
            note = "\(subject.nameOfFunction(Int(subject.functionOfSlot[next])))() is called"
        default: return nil
        }
        return Rejection.Step(slot: index, line: subject.program.line(at: index), note: note)
    }
}

extension Source {
    fileprivate func text(_ width: Width) -> String {
        switch self {
        case .register(let register): width == .word ? register.lowHalfName : "\(register)"
        case .immediate(let number): "\(number)"
        }
    }
}
