import EBPFBytecode
import EBPFMachineCode

/// A program as machine code that can run.
final class CompiledProgram: Sendable {
    private let memory: ExecutableMemory
    private let compiled: CompiledUnit
    /// What it was made from.
    let unit: CodeUnit
    /// The address of the program's entry.
    let entry: UInt64
    /// What it relies on.
    let shape: Shape
    /// Better code for starts that keep coming, unless a verifier has proved all that can be.
    let tailored: TailoredCode?

    /// How the program is entered, without the code itself: whoever has one keeps the program.
    var launch: Launch { Launch(entry: entry, shape: shape, isTailored: tailored != nil) }

    struct Launch {
        /// The address of the program's entry.
        let entry: UInt64
        /// What the code relies on.
        let shape: Shape
        /// Whether there may be better code for the start of a run.
        let isTailored: Bool
    }

    /// What machine code relies on without a test.
    struct Shape: Hashable {
        /// How many bytes the context must have.
        var contextByteCount = 0
        /// Whether it takes packet pointers of the context for what they are.
        var trustsPackets = false
        /// The region in which accesses are expected of which nothing was proved.
        var window = Address.contextRegion
        /// How many bytes of the outermost stack frame are zeros when a run begins.
        var stackByteCount = Machine.frameByteCount
        /// Whether a run leaves the context and the packet as they were.
        var leavesInput = false

        /// Where programs of a type do most of their work.
        static func window(for type: ProgramType) -> Int {
            switch type {
            case .xdp, .schedulerClassifier, .schedulerAction, .cgroupSKB, .socketSKB:
                Address.packetRegion
            default: Address.contextRegion
            }
        }
    }

    init(
        _ unit: CodeUnit, _ shape: Shape, for processor: Compiler.Processor,
        tailored: TailoredCode? = nil
    ) throws(CompilationError) {
        self.shape = shape
        self.unit = unit
        self.tailored = tailored
        compiled = try Compiler.compile(unit, for: processor)
        memory = try ExecutableMemory(compiled.code)
        entry = memory.address(of: compiled.entries[0] ?? 0)
    }

    /// The machine code of the function that begins at a slot.
    func entry(atSlot slot: Int) -> UInt64? {
        compiled.entries[slot].map { memory.address(of: $0) }
    }

    /// Whether machine code serves a program as well as the interpreter: helpers that walk the stack
    /// of functions find only the innermost of those that are compiled.
    static func suits(_ program: [EncodedInstruction]) -> Bool {
        let walkers: [HelperID] = [.getStack, .getStackid]
        let calls = program.filter { $0.opcode == 0x85 }
        return !calls.contains { $0.source == 1 }
            || !calls.contains { call in
                call.source == 0
                    && walkers.contains { $0.rawValue == UInt32(bitPattern: call.immediate) }
            }
    }
}
