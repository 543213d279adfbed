import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import EBPFVerification
import Testing

@testable import EBPFExecution

/// Verification before the run.
@Suite struct VerificationTests {
    private static func host(_ policy: VerificationPolicy) -> UserSpaceHost {
        UserSpaceHost(.init(cpuCount: 1, verification: policy))
    }

    private static func load(
        _ assembly: String, _ type: ProgramType, _ policy: VerificationPolicy,
        references: [ProgramReference] = []
    ) throws -> UserSpaceProgram {
        let program = ProgramSpec(
            name: "test", type: type, instructions: try Assembler().assemble(assembly),
            references: references)
        let specs = ObjectSpecs(name: "test", programs: ["test": program], license: "GPL")
        return try #require(try host(policy).load(specs).programs["test"])
    }

    private static let unsafe = "r0 = *(u8 *)(r10 + 8) \n exit"
    private static let safe = "*(u64 *)(r10 - 8) = 2 \n r0 = *(u64 *)(r10 - 8) \n exit"

    @Test(arguments: [VerificationPolicy.whenDecidable, .always])
    func `a program that is not safe is refused with the verifier's reasons`(
        _ policy: VerificationPolicy
    ) throws {
        let error = #expect(throws: UserSpaceLoadError.self) {
            _ = try Self.load(Self.unsafe, .xdp, policy)
        }
        guard case .rejected(let rejection) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(rejection.code == .stackBounds)
        #expect(rejection.slot == 0)
        #expect("\(try #require(error))" == "\(rejection)")
        let bytecode = try Assembler().assemble(Self.unsafe)
        #expect(throws: UserSpaceLoadError.rejected(rejection)) {
            _ = try Self.host(policy).load(bytecode: bytecode, name: "test", type: .xdp)
        }
    }

    @Test func `without verification it is stopped where it does what it may not`() throws {
        let program = try Self.load(Self.unsafe, .xdp, .never)
        guard case .unverified = program.standing else {
            Issue.record("\(program.standing)")
            return
        }
        #expect(throws: ExecutionError.self) { try program.run(packet: [1]) }
    }

    @Test(arguments: [VerificationPolicy.whenDecidable, .always])
    func `a safe program runs, and what was proved is at hand`(
        _ policy: VerificationPolicy
    ) throws {
        let program = try Self.load(Self.safe, .xdp, policy)
        #expect(
            program.body.facts?.memory(at: 1) == .stack(.init(isOwnFrame: true, offset: -8)))
        #expect(try program.run(packet: [1]).returned == 2)
    }

    @Test(arguments: [
        ("r0 = 0 \n exit", ProgramType.unspecified, "nothing says what kind of program it is"),
        ("r0 = 0 \n exit", .tracing, "it needs the types of a kernel, and none are known here"),
        (
            "r0 = 0 \n exit", .programExtension,
            "it needs the types of a kernel, and none are known here"
        ),
        (
            "call 158 \n r0 = *(u32 *)(r0 + 0) \n r0 = 0 \n exit", .kprobe,
            "the kernel's types have no struct task_struct"
        ),
    ])
    func `what cannot be judged runs checked, unless only proved programs are wanted`(
        _ assembly: String, _ type: ProgramType, _ reason: String
    ) throws {
        let program = try Self.load(assembly, type, .whenDecidable)
        guard case .undecided(reason) = program.standing else {
            Issue.record("\(program.standing)")
            return
        }
        #expect(program.body.facts == nil)
        let error = #expect(throws: UserSpaceLoadError.self) {
            _ = try Self.load(assembly, type, .always)
        }
        #expect("\(try #require(error))" == "program test could not be verified: \(reason)")
    }

    @Test func `a weak symbol that user space lacks is null for the verifier, too`() throws {
        let assembly = """
            r1 = 0 ll
            r0 = 1
            if r1 == 0 goto +1
            r0 = *(u8 *)(r10 + 8)
            exit
            """
        let references = [
            ProgramReference(
                slot: 0, target: .kernelVariable("jiffies", type: TypeID(1), isWeak: true))
        ]
        let program = try Self.load(assembly, .xdp, .always, references: references)
        #expect(program.body.facts?.isReachable(4) == false)
        #expect(try program.run(packet: [1]).returned == 1)
    }

    @Test func `externs have the values that programs will see`() throws {
        var program = ProgramSpec(
            name: "test", type: .xdp,
            instructions: try Assembler().assemble(
                """
                r1 = 0 ll
                r1 = *(u32 *)(r1 + 0)
                r0 = 1
                if r1 != 0 goto +1
                r0 = *(u8 *)(r10 + 8)
                exit
                """))
        program.references = [
            ProgramReference(slot: 0, target: .mapValue(".kconfig", offset: 0))
        ]
        var map = MapSpec(
            name: ".kconfig", type: .array, keySize: 4, valueSize: 4, maxEntries: 1)
        map.contents = [0, 0, 0, 0]
        map.flags = .readOnlyForPrograms
        map.isFrozen = true
        let version = VariableSpec(
            name: "LINUX_KERNEL_VERSION", map: ".kconfig", offset: 0, bytes: [0, 0, 0, 0],
            isExternal: true)
        let specs = ObjectSpecs(
            name: "test", programs: ["test": program], maps: [".kconfig": map],
            variables: ["LINUX_KERNEL_VERSION": version], license: "GPL")
        let loaded = try #require(try Self.host(.always).load(specs).programs["test"])
        #expect(try loaded.run(packet: [1]).returned == 1)
    }
}
