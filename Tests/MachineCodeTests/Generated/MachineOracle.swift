import EBPFBytecode

@testable import EBPFExecution

/// Runs programs in this process, on ``GuestMemory``: in the interpreter, or as machine code.
@safe
final class MachineOracle {
    private let host: UserSpaceHost
    private let objects: UnsafeMutableRawBufferPointer
    private let constants: UnsafeMutableRawBufferPointer
    /// How often a program runs, each time from the same start; the last time counts. Code that is
    /// made for a start runs from the second time on.
    private let runCount: Int

    init(
        _ engine: UserSpaceHost.Engine = .interpreter, budget: Int = 4096, runCount: Int = 1
    ) {
        self.runCount = runCount
        var helpers = HelperTable.standard
        helpers[Int(GuestMemory.mixingHelper)] = { call in
            GuestMemory.mix(call.first, call.second, call.third, call.fourth, call.fifth)
        }
        helpers[5] = { call in call.first }
        var options = UserSpaceHost.Options(cpuCount: 1, seed: 0, budget: budget)
        options.engine = engine
        host = UserSpaceHost(options, helpers: helpers)
        unsafe objects = .allocate(byteCount: GuestMemory.objects.count, alignment: 16)
        unsafe constants = .allocate(byteCount: GuestMemory.constants.count, alignment: 16)
    }

    deinit {
        unsafe objects.deallocate()
        unsafe constants.deallocate()
    }

    /// Loads a program and runs it.
    ///
    /// - Parameter functions: gets the addresses of the functions that the program takes, by the
    ///   slot of the constant.
    func run(
        _ run: GuestRun, functions: (Int, UInt64) -> Void = { _, _ in }
    ) throws -> GuestOutcome {
        let program = try host.load(bytecode: run.program)
        for (slot, instruction) in try Instruction.decode(run.program) {
            guard case .loadImmediate(_, .function(let by)) = instruction else { continue }
            functions(slot, Self.address(ofFunctionAt: slot + 1 + Int(by), in: program.body.code))
        }
        var outcome = GuestOutcome(context: [])
        for _ in 0..<runCount { outcome = try runOnce(program, run) }
        return outcome
    }

    private func runOnce(_ program: UserSpaceProgram, _ run: GuestRun) throws -> GuestOutcome {
        try host.withMachine { machine in
            try reset(machine)
            unsafe objects.copyBytes(from: GuestMemory.objects)
            unsafe constants.copyBytes(from: GuestMemory.constants)
            machine.prepareContext(run.context, isWritable: true)
            guard let object = unsafe objects.baseAddress,
                let constant = unsafe constants.baseAddress
            else { return GuestOutcome(context: []) }
            // Objects of a kernel, which a guest has not.
            machine.memory[Address.objectRegion] = .none
            machine.memory[GuestMemory.objectRegion] = unsafe .objects(
                at: object, start: GuestMemory.objectAddress, byteCount: objects.count,
                stride: GuestMemory.objectStride, size: GuestMemory.objectByteCount,
                isReadable: true, isWritable: true)
            machine.memory[GuestMemory.constantRegion] = unsafe .object(
                at: constant, start: GuestMemory.constantAddress,
                byteCount: GuestMemory.constantByteCount, isWritable: false)
            do throws(ExecutionError) {
                let result = try program.run(
                    on: machine, second: UInt64(run.context.count))
                return GuestOutcome(result: result, context: machine.context.contents)
            } catch {
                return GuestOutcome(slot: error.slot, context: machine.context.contents)
            }
        }
    }

    /// Takes away what earlier runs left in registers and stack frames.
    private func reset(_ machine: Machine) throws {
        for region in Address.frameRegions {
            let frame = machine.memory[region]
            guard let base = unsafe frame.base else { continue }
            unsafe base.initializeMemory(
                as: UInt8.self, repeating: 0, count: Int(frame.writable))
        }
        let zeros = Register.allCases.dropLast().map { register in
            Instruction.move(.doubleWord, register, .immediate(0))
        }
        machine.prepareContext([], isWritable: true)
        _ = try host.load(bytecode: (zeros + [.exit]).flatMap(\.encoded)).run(on: machine)
    }

    private static func address(ofFunctionAt slot: Int, in code: Code) -> UInt64 {
        let operation = (0..<code.count).first { (code.slot(ofOperation: $0) ?? -1) >= slot } ?? 0
        return Address.function(atOperation: operation)
    }
}
