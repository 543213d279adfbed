import EBPFBytecode
import EBPFMachineCode

/// Turns a program into the operations of the interpreter: first one for each instruction, then
/// fewer, see ``Fusion``.
///
/// Code that comes out is closed (see ``ProgramCounter``): branches out of the program, or into the
/// second slot of a constant, are refused here.
struct Lowering {
    /// Operations, ending with ``Opcode/end``.
    private(set) var operations: [Operation] = []
    /// The slot that each operation came from.
    private(set) var slots: [Int32] = []
    /// The addresses of functions that the program takes, by the slot of the constant.
    private(set) var functionAddresses: [Int: UInt64] = [:]
    /// The operation that begins at each slot, or -1.
    private var operationAtSlot: [Int32] = []
    private let helpers: HelperTable
    private let kernelFunctions: [Int: String]

    /// Lowers a program whose references to maps and other objects are already addresses.
    ///
    /// - Parameters:
    ///   - helpers: the machine's helpers and kernel functions.
    ///   - kernelFunctions: the names of the kernel functions called, by slot.
    ///   - fuses: whether sequences become one operation; tests compare both.
    init(
        _ program: [EncodedInstruction], helpers: HelperTable,
        kernelFunctions: [Int: String] = [:], fuses: Bool = true
    ) throws(LoweringError) {
        guard !program.isEmpty else { throw .empty }
        self.helpers = helpers
        self.kernelFunctions = kernelFunctions
        let instructions: [(slot: Int, instruction: Instruction)]
        do throws(InvalidInstruction) {
            instructions = try Instruction.decode(program)
        } catch {
            throw .invalid(error)
        }
        operationAtSlot = Array(repeating: -1, count: program.count)
        for (index, element) in instructions.enumerated() {
            operationAtSlot[element.slot] = Int32(index)
            slots.append(Int32(element.slot))
        }
        operations.reserveCapacity(instructions.count + 1)
        for (slot, instruction) in instructions {
            operations.append(try lower(instruction, at: slot))
        }
        operations.append(Operation(opcode: .end))
        slots.append(Int32(program.count))
        let functions = addressedFunctions(instructions)
        for (load, entry) in functions {
            functionAddresses[instructions[load].slot] = Address.function(atOperation: entry)
        }
        if let observer = helpers.observer {
            observe(observer, functions: functions)
        } else if fuses {
            fuse(functions: functions)
        }
    }

    /// The operations that load the address of a function, and where that function begins.
    private func addressedFunctions(
        _ instructions: [(slot: Int, instruction: Instruction)]
    ) -> [(load: Int, entry: Int)] {
        instructions.enumerated().compactMap { index, element in
            guard case .loadImmediate(_, .function(let by)) = element.instruction,
                let entry = operation(atSlot: element.slot + 1 + Int(by))
            else { return nil }
            return (index, entry)
        }
    }

    /// Shortens the code, and moves with it what names operations by number.
    private mutating func fuse(functions: [(load: Int, entry: Int)]) {
        let fusion = Fusion(operations, slots: slots, entries: functions.map(\.entry))
        let fused = fusion.fused()
        operations = fused.operations
        slots = fused.slots
        for (load, entry) in functions {
            let address = Address.function(atOperation: fused.places[entry])
            operations[fused.places[load]].immediate = Int64(bitPattern: address)
            functionAddresses[Int(slots[fused.places[load]])] = address
        }
    }

    /// Puts calls of an observer in between, and moves with it what names operations by number.
    private mutating func observe(_ observer: Int, functions: [(load: Int, entry: Int)]) {
        for (load, entry) in functions {
            operations[load].immediate = Int64(
                bitPattern: Address.function(
                    atOperation: ObservedOperations.place(of: entry)))
        }
        let observed = ObservedOperations(operations, slots: slots, observer: observer)
        operations = observed.operations
        slots = observed.slots
    }

    /// The operation at which the function at a slot begins, before fusion.
    private func operation(atSlot slot: Int) -> Int? {
        guard operationAtSlot.indices.contains(slot), operationAtSlot[slot] >= 0 else { return nil }
        return Int(operationAtSlot[slot])
    }

    /// How many operations to move from the one after `slot` to reach the target.
    private func distance(from slot: Int, by slots: Int) throws(LoweringError) -> Int {
        let (target, overflow) = (slot + 1).addingReportingOverflow(slots)
        guard !overflow, let operation = operation(atSlot: target),
            let own = self.operation(atSlot: slot)
        else { throw .badTarget(slot: slot, target: target) }
        return operation - own - 1
    }

    private func lower(
        _ instruction: Instruction, at slot: Int
    ) throws(LoweringError) -> Operation {
        switch instruction {
        case .arithmetic(let operation, let width, let register, let source):
            return Operation(
                opcode: operation.opcode(width, source), destination: register, source: source)
        case .negate(let width, let register):
            return Operation(
                opcode: width == .word ? .negate32 : .negate64, destination: register)
        case .move(let width, let register, .register(let source)):
            return Operation(
                opcode: width == .word ? .move32Register : .move64Register, destination: register,
                source: source)
        case .move(let width, let register, .immediate(let value)):
            return Operation(
                opcode: width == .word ? .move32Immediate : .move64Immediate,
                destination: register, immediate: Int64(value))
        case .moveSigned(let width, let register, let size, let source):
            return Operation(
                opcode: Self.extend(size, to: width), destination: register, source: source)
        case .convert(let register, let order, let size):
            // Where there is nothing to do, the register moves to itself.
            return Operation(
                opcode: Self.convert(to: order, size), destination: register, source: register)
        case .swap(let register, let size):
            return Operation(opcode: Self.convert(to: .big, size), destination: register)
        case .castAddressSpace(let register, let source, _, _):
            // Here an arena has the same addresses for programs and applications.
            return Operation(opcode: .move64Register, destination: register, source: source)
        case .jump(let by, _):
            return Operation(opcode: .jump, offset: Int32(try distance(from: slot, by: Int(by))))
        case .branch(let comparison, let width, let register, let source, let by):
            return Operation(
                opcode: comparison.opcode(width, source), destination: register, source: source,
                offset: Int32(try distance(from: slot, by: Int(by))))
        case .mayJump(let by):
            return Operation(opcode: .mayJump, offset: Int32(try distance(from: slot, by: Int(by))))
        case .call(let callee):
            return try lower(callee, at: slot)
        case .exit:
            return Operation(opcode: .exit)
        case .loadImmediate(let register, let value):
            return Operation(
                opcode: .move64Immediate, destination: register,
                immediate: Int64(bitPattern: try constant(value, at: slot)))
        default:
            return Self.lowerMemory(instruction)
        }
    }

    private func lower(_ callee: Callee, at slot: Int) throws(LoweringError) -> Operation {
        switch callee {
        case .helper(Self.tailCallHelper):
            return Operation(opcode: .tailCall)
        case .helper(let number):
            guard let index = helpers.index(ofHelper: number)
            else { throw .unknownHelper(slot: slot, number: number) }
            return Operation(opcode: .callHelper, offset: number, immediate: Int64(index))
        case .local(let by):
            return Operation(
                opcode: .callLocal, offset: Int32(try distance(from: slot, by: Int(by))))
        case .kernelFunction(let typeID, _):
            guard let name = kernelFunctions[slot],
                let index = helpers.index(ofKernelFunction: name)
            else { return Operation(opcode: .callUnavailable, immediate: Int64(typeID)) }
            return Operation(opcode: .callHelper, offset: -1, immediate: Int64(index))
        case .register(let register):
            return Operation(opcode: .callRegister, destination: register)
        }
    }

    /// The number of `bpf_tail_call`, which replaces the running program.
    private static let tailCallHelper: Int32 = 12

    private func constant(_ value: WideImmediate, at slot: Int) throws(LoweringError) -> UInt64 {
        switch value {
        case .constant(let number): return number
        case .function(let by):
            let target = slot + 1 + Int(by)
            guard let operation = operation(atSlot: target)
            else { throw .badTarget(slot: slot, target: target) }
            return Address.function(atOperation: operation)
        case .map, .mapIndex, .mapValue, .mapIndexValue, .variable:
            throw .unresolvedReference(slot: slot)
        }
    }

    private static func extend(_ size: MemorySize, to width: Width) -> Opcode {
        switch (size, width) {
        case (.byte, .word): .extend8To32
        case (.halfWord, .word): .extend16To32
        case (.byte, .doubleWord): .extend8To64
        case (.halfWord, .doubleWord): .extend16To64
        case (.word, _), (.doubleWord, _): .extend32To64
        }
    }

    /// On a little-endian host, network order means swapping, and host order cutting.
    private static func convert(to order: ByteOrder, _ size: MemorySize) -> Opcode {
        switch (order, size) {
        case (.big, .byte), (.big, .halfWord): .swap16
        case (.big, .word): .swap32
        case (.big, .doubleWord): .swap64
        case (.little, .byte), (.little, .halfWord): .cut16
        case (.little, .word): .cut32
        case (.little, .doubleWord): .move64Register
        }
    }

    private static func lowerMemory(_ instruction: Instruction) -> Operation {
        switch instruction {
        case .load(let size, let register, let place):
            Operation(
                opcode: [.load8, .load16, .load32, .load64][size.logarithm],
                destination: register, source: place.base, offset: Int32(place.displacement))
        case .loadSigned(let size, let register, let place):
            Operation(
                opcode: [.loadSigned8, .loadSigned16, .loadSigned32, .load64][size.logarithm],
                destination: register, source: place.base, offset: Int32(place.displacement))
        case .store(let size, let place, .register(let source)):
            Operation(
                opcode: [.store8Register, .store16Register, .store32Register, .store64Register][
                    size.logarithm],
                destination: place.base, source: source, offset: Int32(place.displacement))
        case .store(let size, let place, .immediate(let value)):
            Operation(
                opcode: [
                    .store8Immediate, .store16Immediate, .store32Immediate, .store64Immediate,
                ][size.logarithm],
                destination: place.base, offset: Int32(place.displacement),
                immediate: Int64(value))
        case .atomic(let operation, let size, let place, let source):
            Operation(
                opcode: size == .word ? .atomic32 : .atomic64, destination: place.base,
                source: source, detail: AtomicKind(operation).rawValue,
                offset: Int32(place.displacement))
        case .loadAcquire(let size, let register, let place):
            Operation(
                opcode: .loadAcquire, destination: register, source: place.base,
                detail: size.rawValue, offset: Int32(place.displacement))
        case .storeRelease(let size, let place, let source):
            Operation(
                opcode: .storeRelease, destination: place.base, source: source,
                detail: size.rawValue, offset: Int32(place.displacement))
        case .loadPacket(let size, .absolute(let offset)):
            Operation(
                opcode: .loadPacketAbsolute, detail: size.rawValue, immediate: Int64(offset))
        case .loadPacket(let size, .indirect(let register, let offset)):
            Operation(
                opcode: .loadPacketIndirect, source: register, detail: size.rawValue,
                immediate: Int64(offset))
        default:
            Operation(opcode: .end)
        }
    }
}

extension Operation {
    /// An operation with either kind of second operand.
    fileprivate init(opcode: Opcode, destination: Register, source: Source, offset: Int32 = 0) {
        switch source {
        case .register(let register):
            self.init(opcode: opcode, destination: destination, source: register, offset: offset)
        case .immediate(let value):
            self.init(
                opcode: opcode, destination: destination, offset: offset, immediate: Int64(value))
        }
    }
}

extension MemorySize {
    /// 0 for one byte … 3 for eight.
    fileprivate var logarithm: Int { rawValue.trailingZeroBitCount }
}
