import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

/// Programs with one fault each, loaded into the real kernel: the log becomes a value that says
/// what is wrong, and where.
@Suite(.liveKernel) struct RejectionTests {
    struct Wrong: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var type = ProgramType.socketFilter
        var license = "GPL"
        let code: Rejection.Code
        let slot: Int?
        let assembly: String

        init(
            _ name: String, _ code: Rejection.Code, at slot: Int?,
            in type: ProgramType = .socketFilter, license: String = "GPL", _ assembly: String
        ) {
            (testDescription, self.code, self.slot) = (name, code, slot)
            (self.type, self.license, self.assembly) = (type, license, assembly)
        }
    }

    private static let lookUp = """
        r2 = *(u32 *)(r1 + 0)
        *(u32 *)(r10 - 4) = r2
        r2 = r10
        r2 += -4
        r6 = r1
        r1 = counts ll
        call 1

        """

    private static let reserve = "r6 = r1\nr1 = ring ll\nr2 = 8\nr3 = 0\ncall 131\n"

    private static let wrong: [Wrong] = [
        Wrong(
            "a look-up may find nothing", .possiblyNull, at: 8,
            lookUp + "r0 = *(u64 *)(r0 + 0)\nexit"),
        Wrong(
            "a register without value", .uninitializedRegister, at: 0, "r0 = r3\nexit"),
        Wrong(
            "no result", .uninitializedRegister, at: 0, "exit"),
        Wrong(
            "an index without limit", .unbounded, at: 11,
            lookUp + """
                if r0 == 0 goto out
                r1 = *(u32 *)(r6 + 0)
                r0 += r1
                r0 = *(u64 *)(r0 + 0)
                out: r0 = 0
                exit
                """),
        Wrong(
            "an index that is one too far", .outOfBounds, at: 9,
            lookUp + "if r0 == 0 goto out\nr0 = *(u64 *)(r0 + 4)\nout: r0 = 0\nexit"),
        Wrong(
            "stack that nobody wrote", .uninitializedStack, at: 5,
            "r1 = counts ll\nr2 = r10\nr2 += -4\nr3 = r2\ncall 2\nr0 = 0\nexit"),
        Wrong(
            "a record that stays reserved", .leakedReference, at: 8,
            reserve + "if r0 == 0 goto out\nr0 = 0\nout: exit"),
        Wrong(
            "a loop that waits", .endlessLoop, at: 0,
            "top: call 7\nif r0 != 7 goto top\nr0 = 0\nexit"),
        Wrong(
            "a helper that there is not", .helperNotAllowed, at: 0, "call 9999\nr0 = 0\nexit"),
        Wrong(
            "a helper of other programs", .helperNotAllowed, at: 3,
            "r2 = 0\nr3 = 0\nr4 = 0\ncall 52\nr0 = 0\nexit"),
        Wrong(
            "a helper for the GPL only", .licenseRequired, at: 3, in: .tracepoint,
            license: "Apache",
            "r1 = r10\nr1 += -8\nr2 = 8\ncall 6\nr0 = 0\nexit"),
        Wrong(
            "a field that the context lacks", .contextAccess, at: 0,
            "r0 = *(u32 *)(r1 + 400)\nexit"),
        Wrong(
            "a field that cannot be written", .contextAccess, at: 1,
            "r0 = 0\n*(u32 *)(r1 + 0) = r0\nexit"),
        Wrong(
            "stack below its end", .stackBounds, at: 1, "r0 = 0\n*(u64 *)(r10 - 520) = r0\nexit"),
        Wrong(
            "two functions with much stack", .stackTooLarge, at: nil,
            """
            *(u64 *)(r10 - 400) = 0
            call deep
            exit
            deep: *(u64 *)(r10 - 400) = 0
            r0 = 0
            exit
            """),
        Wrong(
            "a packet that may be shorter", .packetBounds, at: 2, in: .xdp,
            "r2 = *(u32 *)(r1 + 4)\nr1 = *(u32 *)(r1 + 0)\nr0 = *(u8 *)(r1 + 8)\nr0 = 2\nexit"),
        Wrong(
            "a result that the hook does not know", .returnValue, at: 1, in: .cgroupSKB,
            "r0 = 5\nexit"),
        Wrong(
            "a number where a map belongs", .argumentType, at: 4,
            "r1 = 0\nr2 = r10\nr2 += -4\n*(u32 *)(r10 - 4) = 0\ncall 1\nr0 = 0\nexit"),
        Wrong(
            "a number as an address", .invalidPointer, at: 1,
            "r1 = 4096\nr0 = *(u64 *)(r1 + 0)\nexit"),
        Wrong("code after the end", .unreachable, at: 2, "r0 = 0\nexit\nr0 = 1\nexit"),
        Wrong("no end", .fallsThrough, at: nil, "r0 = 0\nr0 = 1"),
        Wrong("a jump to nowhere", .fallsThrough, at: 1, "r0 = 0\ngoto +5\nexit"),
        Wrong(
            "a sum of two pointers", .pointerArithmetic, at: 1, "r0 = r1\nr0 += r10\nexit"),
        Wrong(
            "a word across two", .misaligned, at: 1, "r0 = 0\n*(u64 *)(r10 - 12) = r0\nexit"),
        Wrong(
            "a shift by more bits than there are", .invalidInstruction, at: 1,
            "r0 = 1\nr0 <<= 64\nexit"),
        Wrong(
            "functions in a circle", .callDepth, at: nil,
            "call again\nexit\nagain: call again\nexit"),
    ]

    @Test(arguments: wrong)
    func `the log says what is wrong, and where`(_ wrong: Wrong) throws {
        let rejection = try Self.rejection(wrong)
        #expect(rejection.code == wrong.code, "\(rejection.log)")
        #expect(rejection.slot == wrong.slot, "\(rejection.log)")
        #expect(rejection.line?.line == wrong.slot.map { $0 + 1 })
        #expect(!rejection.message.isEmpty && !rejection.message.contains("processed"))
    }

    @Test func `more branches than the verifier follows are too complex`() throws {
        // Each is undecided when the next is met; the verifier keeps at most 8,192.
        let body = (0..<9000).map { "if r0 == \($0) goto out" }.joined(separator: "\n")
        let rejection = try Self.rejection(
            Wrong(
                "branches", .tooComplex, at: nil, "call 7\n\(body)\nout: r0 = 0\nexit"))
        #expect(rejection.code == .tooComplex)
        #expect(rejection.path.count == 64)
    }

    @Test func `registers and the path are those of the failing run`() throws {
        let wrong = Wrong(
            "leak", .leakedReference, at: 10,
            Self.reserve + """
                if r0 == 0 goto out
                r1 = *(u32 *)(r6 + 0)
                if r1 > 100 goto out
                r1 = r0
                r2 = 0
                call 132
                out: r0 = 0
                exit
                """)
        let rejection = try Self.rejection(wrong)
        #expect(rejection.path.map(\.note) == ["r0 == 0x0: no", "r1 > 0x64: yes"])
        #expect(rejection.path.map(\.line?.line) == [7, 9])
        #expect(rejection.registers["r0"] == "0")
        #expect(rejection.registers["r10"] == "fp0")
        #expect(rejection.registers["r1"]?.contains("101") == true)
        #expect(rejection.instruction == "exit")
    }

    @Test func `a rejection reads like a compiler's message`() throws {
        let rejection = try Self.rejection(Self.wrong[0])
        #expect(
            "\(rejection)" == """
                wrong.c:9:1: error: a pointer that may be null is used: R0 invalid mem access \
                'map_value_or_null' [E003]
                    line 9
                  in wrong, slot 8: r0 = *(u64 *)(r0 +0)
                  r0 is map_value_or_null(id=1,map=counts,ks=4,vs=8)
                  help: compare it with NULL first, and return if it is: if (!value) return 0;
                  more: ebpf explain E003
                """)
    }

    @Test func `a log that needs more room is fetched whole`() throws {
        let instructions = try Assembler().assemble(
            String(repeating: "r0 = 1\n", count: 20_000) + "r0 = r3\nexit")
        let program = ProgramSpec(name: "long", type: .socketFilter, instructions: instructions)
        let specs = ObjectSpecs(programs: ["long": program], license: "GPL")
        let failure = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        guard case .rejected(let rejection) = failure else { throw Unexpected(failure: failure) }
        #expect(rejection.slot == 20_000)
        #expect(rejection.log.utf8.count > 1 << 19 && rejection.log.hasPrefix("0: "))

        // Of a longer log than is wanted the end is kept, and says the same.
        let limited = KernelHost(.init(logLimit: 1 << 12))
        let short = #expect(throws: LoadFailure.self) { try limited.load(specs) }
        guard case .rejected(let rejection) = short else { throw Unexpected(failure: short) }
        #expect(rejection.slot == 20_000 && rejection.log.utf8.count < 1 << 12)
    }

    @Test func `an accepted program has a log if one is wanted`() throws {
        let program = ProgramSpec(
            name: "pass", type: .socketFilter,
            instructions: try Assembler().assemble("r0 = 2\nexit"))
        let specs = ObjectSpecs(programs: ["pass": program], license: "GPL")
        let object = try KernelHost(.init(logLevel: 1)).load(specs)
        #expect(object.logs["pass"]?.contains("processed 2 insns") == true)
        #expect(try KernelHost().load(specs).logs.isEmpty)
    }

    struct Unexpected: Error { let failure: LoadFailure? }

    private static func rejection(_ wrong: Wrong) throws -> Rejection {
        let assembler = Assembler(objects: [
            "counts": .map(descriptor: 0), "ring": .map(descriptor: 1),
        ])
        let instructions = try assembler.assemble(wrong.assembly)
        var references: [ProgramReference] = []
        for (slot, instruction) in instructions.enumerated()
        where instruction.opcode == 0x18 && instruction.source == 1 {
            let name = instruction.immediate == 0 ? "counts" : "ring"
            references.append(ProgramReference(slot: slot, target: .map(name)))
        }
        let program = ProgramSpec(
            name: "wrong", type: wrong.type, instructions: instructions, references: references,
            functions: [FunctionInfo(slot: 0, name: "wrong", linkage: .global)],
            lines: instructions.indices.map {
                LineInfo(slot: $0, file: "wrong.c", line: $0 + 1, column: 1, text: "line \($0 + 1)")
            })
        let specs = ObjectSpecs(
            programs: ["wrong": program],
            maps: [
                "counts": MapSpec(
                    name: "counts", type: .array, keySize: 4, valueSize: 8, maxEntries: 1),
                "ring": MapSpec(name: "ring", type: .ringBuffer, maxEntries: 4096),
            ], license: wrong.license)
        let failure = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        guard case .rejected(let rejection) = failure else { throw Unexpected(failure: failure) }
        return rejection
    }
}
