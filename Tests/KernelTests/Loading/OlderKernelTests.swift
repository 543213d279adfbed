import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

/// Objects of today on kernels that lack something: they are loaded without it.
@Suite(.liveKernel) struct OlderKernelTests {
    /// Two maps and a program, with types that have a floating-point number among them.
    private static func specs() throws -> ObjectSpecs {
        var builder = BTFBuilder()
        let int = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        _ = builder.add(.float(name: "float", size: 4))
        let prototype = builder.add(
            .functionPrototype(PrototypeType(result: int, parameters: [])))
        let function = builder.add(.function(name: "trace", prototype: prototype, .global))
        let program = ProgramSpec(
            name: "trace", section: "tracepoint/syscalls/sys_enter_getpid", type: .tracepoint,
            instructions: try Assembler().assemble(
                """
                r1 = r10
                r1 += -8
                r2 = 8
                r3 = 0
                call 113
                r0 = 0
                exit
                """),
            functions: [FunctionInfo(slot: 0, name: "trace", type: function, linkage: .global)],
            lines: [LineInfo(slot: 0, file: "trace.c", line: 3, column: 5, text: "read();")])
        let counts = MapSpec(
            name: "counts", type: .hash, keySize: 4, valueSize: 4, maxEntries: 8, keyType: int,
            valueType: int)
        let data = MapSpec(
            name: ".data", type: .array, keySize: 4, valueSize: 4, maxEntries: 1,
            contents: [1, 2, 3, 4])
        return ObjectSpecs(
            name: "older", programs: ["trace": program], maps: ["counts": counts, ".data": data],
            license: "GPL", types: try builder.build())
    }

    private static func load(_ kernel: OlderKernel) throws -> KernelObject {
        let object = try KernelHost(system: kernel.calls).load(specs())
        #expect(try object.maps[".data"]?.value(of: [0, 0, 0, 0]) == [1, 2, 3, 4])
        #expect(object.programs["trace"]?.name == "trace")
        return object
    }

    private static func info(_ object: KernelObject) throws -> ProgramInfo {
        try #require(object.programs["trace"]).descriptor.info("asking")
    }

    @Test func `nothing is given up without need`() throws {
        let kernel = OlderKernel()
        let object = try Self.load(kernel)
        let info = try Self.info(object)
        #expect(info.functionCount == 1 && info.lineCount == 1 && info.name.text == "trace")
        #expect(object.maps["counts"]?.shape.keyType == 1)
        #expect(object.maps[".data"]?.shape.flags == .mappable)
        #expect(object.maps[".data"]?.shape.name == "older.data")
        #expect(object.warnings.isEmpty && kernel.refusalCount == 0)
    }

    @Test func `names are left away`() throws {
        let object = try Self.load(OlderKernel(without: .names))
        #expect(try Self.info(object).name.text == "")
        #expect(object.maps["counts"]?.shape.name == "")
    }

    @Test func `types are left away, with a warning`() throws {
        let object = try Self.load(OlderKernel(without: .types))
        let info = try Self.info(object)
        #expect(info.functionCount == 0 && info.name.text == "trace")
        #expect(object.maps["counts"]?.shape.keyType == 0)
        #expect(object.warnings.count == 1)
    }

    @Test func `types that a kernel does not know become others of their size`() throws {
        let object = try Self.load(OlderKernel(without: .floats))
        #expect(object.warnings.isEmpty)
        let types = try #require(object.programs["trace"]).code()
        #expect(types.functions.count == 1)
        #expect(try Self.info(object).functionCount == 1)
        #expect(object.maps["counts"]?.shape.keyType == 1)
    }

    @Test func `programs go without types where only maps have some`() throws {
        let object = try Self.load(OlderKernel(without: .functionTypes))
        #expect(try Self.info(object).functionCount == 0)
        #expect(object.maps["counts"]?.shape.keyType == 1)
    }

    @Test func `maps go without types and shared memory`() throws {
        let object = try Self.load(OlderKernel(without: .mapTypes, .mappableArrays))
        #expect(object.maps["counts"]?.shape.keyType == 0)
        #expect(object.maps[".data"]?.shape.flags == [])
        #expect(try Self.info(object).functionCount == 1)
    }

    @Test func `helpers that read the kernel's memory become the one of before`() throws {
        let kernel = OlderKernel(without: .probeReadKernel)
        let object = try Self.load(kernel)
        let older = try #require(object.programs["trace"]).code().instructions[4]
        let newer = try #require(Self.load(OlderKernel()).programs["trace"]).code()
        #expect(older.opcode == 0x85 && older != newer.instructions[4])
    }

    @Test func `locked memory is raised where maps and programs count as such`() throws {
        let kernel = OlderKernel(without: .memoryControl)
        _ = try Self.load(kernel)
        #expect(kernel.lockedMemory == [1 << 20, 1 << 20])
        #expect(kernel.refusalCount > 0)
    }

    @Test func `all of it at once`() throws {
        let object = try Self.load(
            OlderKernel(
                without: .memoryControl, .names, .types, .mappableArrays, .probeReadKernel))
        let info = try Self.info(object)
        #expect(info.functionCount == 0 && info.name.text == "")
    }

    @Test func `a limit that does not help is set back`() throws {
        let kernel = OlderKernel(without: .memoryControl, .names)
        let before = kernel.lockedMemory
        let refusing = SystemCalls { call, arguments in
            if call == .bpf { return -1 }
            return
                (try? kernel.calls.callOnce(
                    call, arguments.a, arguments.b, arguments.c, arguments.d)) ?? -38
        }
        #expect(throws: LoadFailure.self) { try KernelHost(system: refusing).load(Self.specs()) }
        #expect(kernel.lockedMemory == before)
    }

    // MARK: What cannot be done without

    private static func failure(_ specs: ObjectSpecs, _ kernel: OlderKernel) -> String? {
        let failure = #expect(throws: LoadFailure.self) {
            try KernelHost(system: kernel.calls).load(specs)
        }
        return failure?.description
    }

    @Test func `a map of a newer kernel is explained`() {
        let arena = MapSpec(name: "memory", type: .arena, maxEntries: 1, flags: .mappable)
        let kernel = OlderKernel(without: .arenas, release: "6.1.0-18-amd64")
        #expect(
            Self.failure(ObjectSpecs(maps: ["memory": arena]), kernel)
                == "map memory: creating map memory: EINVAL: maps of type arena came with "
                + "Linux 6.9, and this kernel is 6.1.0-18-amd64")
    }

    @Test func `a program of a newer kernel is explained`() throws {
        let program = ProgramSpec(
            name: "drop", type: .netfilter, attachType: .netfilter,
            instructions: try Assembler().assemble("r0 = 0\nexit"))
        let kernel = OlderKernel(without: .netfilter, release: "6.1.0-18-amd64")
        #expect(
            Self.failure(ObjectSpecs(programs: ["drop": program], license: "GPL"), kernel)
                == "program drop: loading it: EINVAL: programs of type netfilter came with "
                + "Linux 6.4, and this kernel is 6.1.0-18-amd64")
    }

    @Test func `a helper of a newer kernel is explained`() throws {
        let program = ProgramSpec(
            name: "loop", type: .socketFilter,
            instructions: try Assembler().assemble(
                "r1 = 1\nr2 = 0\nr3 = 0\nr4 = 0\ncall 181\nr0 = 0\nexit"))
        let kernel = OlderKernel(without: .loops, release: "5.10.0-28-amd64")
        let text = Self.failure(
            ObjectSpecs(programs: ["loop": program], license: "GPL"), kernel)
        #expect(
            text?.contains(
                "help: the helper bpf_loop came with Linux 5.17, and this kernel is "
                    + "5.10.0-28-amd64") == true)
    }
}
