import EBPFBytecode

/// The work on one function: each instruction that refers to something gets its final form, with
/// the number that only a host knows left out.
struct FunctionRelocation {
    private(set) var instructions: [EncodedInstruction]
    private(set) var links: [(slot: Int, target: Int)] = []
    private(set) var references: [ProgramReference] = []
    private let context: LinkContext
    private let function: ObjectFunction

    /// Opcodes and, in their source field, what they refer to (`BPF_PSEUDO_…`).
    private enum Code {
        static let call: UInt8 = 0x85
        static let loadWide: UInt8 = 0x18
        static let localCall: UInt8 = 1
        static let kernelCall: UInt8 = 2
        static let map: UInt8 = 1
        static let mapValue: UInt8 = 2
        static let kernelVariable: UInt8 = 3
        static let function: UInt8 = 4
    }

    init(_ context: LinkContext, _ function: ObjectFunction) {
        self.context = context
        self.function = function
        let section = context.elf.sections[function.section]
        let start = section.range.lowerBound
        let bytes = context.elf.bytes[
            (start + function.slots.lowerBound * 8)..<(start + function.slots.upperBound * 8)
        ]
        instructions = EncodedInstruction.program(bytes) ?? []
    }

    /// Goes through the instructions with the relocations of their slots.
    ///
    /// - Parameter relocations: in the order of their offsets.
    mutating func run(_ relocations: ArraySlice<ELFRelocation>) throws(ObjectFileError) {
        var rest = relocations
        var slot = 0
        while slot < instructions.count {
            let relocation = rest.first.flatMap { self.slot(of: $0) == slot ? $0 : nil }
            if relocation != nil { rest.removeFirst() }
            switch instructions[slot].opcode {
            case Code.call:
                try relocateCall(slot, relocation)
                slot += 1
            case Code.loadWide:
                guard slot + 1 < instructions.count else {
                    throw failure(slot, .truncated(needed: 16, available: 8))
                }
                try relocateLoad(slot, relocation)
                slot += 2
            default:
                guard relocation == nil else { throw notRelocatable(slot) }
                slot += 1
            }
        }
        // What is left changes the second half of a two-slot instruction.
        if let first = rest.first { throw notRelocatable(self.slot(of: first)) }
    }

    private func slot(of relocation: ELFRelocation) -> Int {
        Int(relocation.offset) / 8 - function.slots.lowerBound
    }

    // MARK: Calls

    private mutating func relocateCall(
        _ slot: Int,
        _ relocation: ELFRelocation?
    ) throws(ObjectFileError) {
        let instruction = instructions[slot]
        guard let relocation else {
            guard instruction.source == Code.localCall else { return }
            // Within its section the compiler knows the distance and asks for nothing.
            let target = function.slots.lowerBound + slot + 1 + Int(instruction.immediate)
            return try link(slot, section: function.section, offset: Int64(target) * 8)
        }
        guard relocation.kind == .call || relocation.kind == .constant64
        else { throw notRelocatable(slot) }
        let symbol = context.elf.symbols[relocation.symbol]
        let addend = relocation.addend ?? callAddend(instruction, symbol)
        switch try context.symbols.target(of: symbol, addend: addend, place(slot)) {
        case .code(let section, let offset):
            instructions[slot].source = Code.localCall
            try link(slot, section: section, offset: offset)
        case .undefined(let symbol):
            let target = try context.externals.target(of: symbol, isCall: true, place(slot))
            instructions[slot].source = Code.kernelCall
            instructions[slot].offset = 0
            instructions[slot].immediate = 0
            references.append(ProgramReference(slot: slot, target: target))
        case .map, .mapValue:
            throw failure(slot, .undefinedSymbol(symbol.name))
        }
    }

    /// How many bytes after its symbol a call goes: the distance is -1 for the symbol's start, and
    /// counts slots.
    private func callAddend(_ instruction: EncodedInstruction, _ symbol: ELFSymbol) -> Int64 {
        let distance = Int64(instruction.immediate) + 1
        return context.elf.isValueStoredInPlace(of: symbol, distance) ? 0 : distance * 8
    }

    /// How many bytes after its symbol a two-slot load points to.
    private func loadAddend(_ instruction: EncodedInstruction, _ symbol: ELFSymbol) -> Int64 {
        let addend = Int64(instruction.immediate)
        return context.elf.isValueStoredInPlace(of: symbol, addend) ? 0 : addend
    }

    private mutating func link(
        _ slot: Int,
        section: Int,
        offset: Int64
    ) throws(ObjectFileError) {
        guard offset.isMultiple(of: 8), let start = Int(exactly: offset / 8),
            let target = context.functions.function(section: section, slot: start)
        else {
            let name = context.elf.sections[section].name
            throw failure(slot, .noFunction(section: name, offset: offset))
        }
        links.append((slot, target.index))
    }

    // MARK: Two-slot loads

    private mutating func relocateLoad(
        _ slot: Int,
        _ relocation: ELFRelocation?
    ) throws(ObjectFileError) {
        let instruction = instructions[slot]
        guard let relocation else {
            guard instruction.source == Code.function else { return }
            let target = function.slots.lowerBound + slot + 1 + Int(instruction.immediate)
            return try link(slot, section: function.section, offset: Int64(target) * 8)
        }
        guard relocation.kind == .constant64 else { throw notRelocatable(slot) }
        let symbol = context.elf.symbols[relocation.symbol]
        let addend = relocation.addend ?? loadAddend(instruction, symbol)
        switch try context.symbols.target(of: symbol, addend: addend, place(slot)) {
        case .code(let section, let offset):
            set(slot, source: Code.function)
            try link(slot, section: section, offset: offset)
        case .map(let name):
            refer(slot, .map(name))
        case .mapValue(let name, let offset):
            guard let offset = Int32(exactly: offset)
            else { throw failure(slot, .noMap(section: name, offset: offset)) }
            refer(slot, .mapValue(name, offset: offset))
        case .undefined(let symbol):
            let target = try context.externals.target(of: symbol, isCall: false, place(slot))
            refer(slot, adding(addend, to: target))
        }
    }

    /// A part of a variable of the configuration lies within the same map.
    private func adding(
        _ addend: Int64,
        to target: ProgramReference.Target
    ) -> ProgramReference.Target {
        guard case .mapValue(let name, let offset) = target else { return target }
        return .mapValue(name, offset: offset &+ Int32(truncatingIfNeeded: addend))
    }

    private mutating func refer(_ slot: Int, _ target: ProgramReference.Target) {
        switch target {
        case .map: set(slot, source: Code.map)
        case .mapValue(_, let offset): set(slot, source: Code.mapValue, second: offset)
        case .kernelFunction, .kernelVariable: set(slot, source: Code.kernelVariable)
        }
        references.append(ProgramReference(slot: slot, target: target))
    }

    private mutating func set(_ slot: Int, source: UInt8, second: Int32 = 0) {
        instructions[slot].source = source
        instructions[slot].immediate = 0
        instructions[slot + 1].immediate = second
    }

    // MARK: Failures

    private func place(_ slot: Int) -> ObjectFileError.Place {
        .instruction(function: function.name, slot: slot)
    }

    private func failure(_ slot: Int, _ reason: ObjectFileError.Reason) -> ObjectFileError {
        ObjectFileError(place(slot), reason)
    }

    private func notRelocatable(_ slot: Int) -> ObjectFileError {
        failure(slot, .relocatedInstruction("a call or a 64-bit constant"))
    }
}
