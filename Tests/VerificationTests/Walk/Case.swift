import EBPFBytecode
import EBPFObjectFile
import Testing

@testable import EBPFVerification

/// A program in assembly, and what a verifier must say about it.
struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let type: ProgramType
    let assembly: String
    /// The fault; `nil` if the program is fine.
    let code: Rejection.Code?
    /// The slot of the faulty instruction, where it is worth a line.
    let slot: Int?

    init(
        _ name: String, _ type: ProgramType, _ assembly: String, _ code: Rejection.Code? = nil,
        at slot: Int? = nil
    ) {
        self.name = name
        self.type = type
        self.assembly = assembly
        self.code = code
        self.slot = slot
    }

    /// A socket filter, the simplest kind.
    init(
        _ name: String, _ assembly: String, _ code: Rejection.Code? = nil, at slot: Int? = nil
    ) {
        self.init(name, .socketFilter, assembly, code, at: slot)
    }

    var testDescription: String { name }

    /// Loads the address of a value of the map "values", or null, into r0.
    static let lookup = """
        *(u32 *)(r10 - 4) = 7
        r2 = r10
        r2 += -4
        r1 = values ll
        call 1

        """

    /// The object: a hash map "values" of 16-byte values, an array "counters" of four 8-byte ones,
    /// arrays "programs" of eight programs and "more" of sixteen.
    func specs() throws -> ObjectSpecs {
        let objects: [String: WideImmediate] = [
            "values": .map(descriptor: 1), "counters": .map(descriptor: 2),
            "programs": .map(descriptor: 3), "more": .map(descriptor: 4),
        ]
        let names: [Int32: String] = [1: "values", 2: "counters", 3: "programs", 4: "more"]
        var program = ProgramSpec(
            name: "test", type: type,
            instructions: try Assembler(objects: objects).assemble(assembly))
        var slot = 0
        while slot < program.instructions.count {
            let instruction = try Instruction(decoding: program.instructions, at: slot)
            if case .loadImmediate(_, .map(let descriptor)) = instruction,
                let name = names[descriptor]
            {
                program.references.append(ProgramReference(slot: slot, target: .map(name)))
            }
            slot += instruction.slotCount
        }
        return ObjectSpecs(
            name: "test", programs: ["test": program],
            maps: [
                "values": MapSpec(
                    name: "values", type: .hash, keySize: 4, valueSize: 16, maxEntries: 8),
                "counters": MapSpec(
                    name: "counters", type: .array, keySize: 4, valueSize: 8, maxEntries: 4),
                "programs": MapSpec(
                    name: "programs", type: .programArray, keySize: 4, valueSize: 4,
                    maxEntries: 8),
                "more": MapSpec(
                    name: "more", type: .programArray, keySize: 4, valueSize: 4, maxEntries: 16),
            ], license: "GPL")
    }

    /// The fault that our verifier finds; `nil` for none.
    func rejection(_ options: Verifier.Options = .init()) throws -> Rejection? {
        let specs = try specs()
        let program = try #require(specs.programs["test"])
        switch Verifier(kernelTypes: nil, options: options).verify(program, of: specs).verdict {
        case .accepted: return nil
        case .rejected(let rejection): return rejection
        case .undecided(let reason): throw Undecided(reason: reason)
        }
    }

    struct Undecided: Error { let reason: String }
}
