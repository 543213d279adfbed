import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

/// Objects with type information, in the real kernel.
@Suite(.liveKernel) struct TypedLoadTests {
    /// A map of numbers and a program of one function and two lines, all with types.
    private static func specs() throws -> ObjectSpecs {
        var builder = BTFBuilder()
        let int = builder.add(.integer(IntegerType(name: "int", size: 4, encoding: .signed)))
        let prototype = builder.add(
            .functionPrototype(PrototypeType(result: int, parameters: [])))
        let function = builder.add(
            .function(name: "pass", prototype: prototype, .global))
        let program = ProgramSpec(
            name: "pass", type: .socketFilter,
            instructions: try Assembler().assemble("r0 = 2\nexit"),
            functions: [FunctionInfo(slot: 0, name: "pass", type: function, linkage: .global)],
            lines: [
                LineInfo(slot: 0, file: "pass.c", line: 3, column: 5, text: "int x = 2;"),
                LineInfo(slot: 1, file: "pass.c", line: 4, column: 5, text: "return x;"),
            ])
        let map = MapSpec(
            name: "counts", type: .hash, keySize: 4, valueSize: 4, maxEntries: 8, keyType: int,
            valueType: int)
        return ObjectSpecs(
            programs: ["pass": program], maps: ["counts": map], license: "GPL",
            types: try builder.build())
    }

    @Test func `functions, lines and keys have their types in the kernel`() throws {
        let object = try KernelHost().load(try Self.specs())
        #expect(object.warnings.isEmpty)
        let program = try #require(object.programs["pass"])
        let info: ProgramInfo = try program.descriptor.info("asking")
        #expect(info.functionCount == 1 && info.lineCount == 2)
        let map = try #require(object.maps["counts"])
        #expect(map.shape.keyType == 1 && map.shape.valueType == 1)
        #expect(map.shape.typesID == info.typesID)
    }

    @Test func `a map that cannot have its types is made without`() throws {
        var specs = try Self.specs()
        // The kernel wants types of the sizes that the map has.
        specs.maps["counts"]?.keySize = 8
        let object = try KernelHost().load(specs)
        #expect(object.maps["counts"]?.shape.typesID == 0)
    }

    @Test func `types that the kernel does not take are left out, with a warning`() throws {
        var specs = try Self.specs()
        var builder = try BTFBuilder(extending: try #require(specs.types))
        _ = builder.add(.variable(name: "nowhere", .void, .external))
        specs.types = try builder.build()
        let object = try KernelHost().load(specs)
        #expect(object.programs.count == 1)
        let warning = try #require(object.warnings.first)
        #expect(warning.hasPrefix("uploading the object's types: EINVAL: "))
        #expect(warning.hasSuffix("; maps and programs are loaded without types"))
    }

    @Test(.enabled("the kernel shows its types") { KernelTypes.areReadable })
    func `a typed tracepoint is found by its name`() throws {
        let object = try KernelHost().load(Self.tracing("sys_enter", .traceRawTracepoint))
        let program = try #require(object.programs["traced"])
        let info: ProgramInfo = try program.descriptor.info("asking")
        let kernel = try KernelTypes.shared.vmlinux()
        #expect(try kernel.name(of: TypeID(info.attachType)) == "btf_trace_sys_enter")
    }

    @Test(.enabled("the kernel shows its types") { KernelTypes.areReadable })
    func `an iterator is found by its name`() throws {
        let object = try KernelHost().load(Self.tracing("task", .traceIterator))
        #expect(object.programs["traced"]?.type == .tracing)
    }

    struct WrongTarget: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let target: String?
        let attachType: AttachType
        var type = ProgramType.tracing
        let message: String
    }

    private static let wrongTargets: [WrongTarget] = [
        WrongTarget(
            testDescription: "tracepoint", target: "sys_entr", attachType: .traceRawTracepoint,
            message: "program traced cannot attach to tracepoint sys_entr: the kernel's types "
                + "have no such tracepoint; did you mean \"sys_enter\"?"),
        WrongTarget(
            testDescription: "function", target: "do_unlinkatt", attachType: .traceFunctionEntry,
            message: "program traced cannot attach to function do_unlinkatt: the kernel's types "
                + "have no such function; did you mean \"do_unlinkat\"?"),
        WrongTarget(
            testDescription: "iterator", target: "tasc", attachType: .traceIterator,
            message: "program traced cannot attach to iterator tasc: the kernel's types "
                + "have no such iterator; did you mean \"task\"?"),
        WrongTarget(
            testDescription: "module", target: "no_module:function",
            attachType: .traceFunctionEntry,
            message: "program traced cannot attach to function no_module:function: the kernel's "
                + "types have no such function"),
        WrongTarget(
            testDescription: "nothing", target: nil, attachType: .traceFunctionEntry,
            message: "program traced cannot attach to nothing: the program's section must name a "
                + "function: set attachTarget"),
    ]

    @Test(
        .enabled("the kernel shows its types") { KernelTypes.areReadable }, arguments: wrongTargets)
    func `a target that does not exist is named, and a similar one`(_ row: WrongTarget) throws {
        let failure = #expect(throws: LoadFailure.self) {
            try KernelHost().load(Self.tracing(row.target, row.attachType))
        }
        #expect(failure?.description == row.message)
    }

    @Test func `an extension says whose function it wants to replace`() throws {
        var specs = try Self.tracing("classify", .traceFunctionEntry)
        specs.programs["traced"]?.type = .programExtension
        specs.programs["traced"]?.attachType = nil
        let failure = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        #expect("\(try #require(failure))".hasSuffix("say which: load(_:replacing:)"))

        let target = try KernelHost().load(try Self.specs()).programs["pass"]
        let unknown = #expect(throws: LoadFailure.self) {
            try KernelHost().load(specs, replacing: try #require(target))
        }
        #expect(
            unknown?.description
                == "program traced cannot attach to function classify: program pass has no such "
                + "function")
    }

    private static func tracing(_ target: String?, _ type: AttachType) throws -> ObjectSpecs {
        let program = ProgramSpec(
            name: "traced", type: .tracing, attachType: type, attachTarget: target,
            instructions: try Assembler().assemble("r0 = 0\nexit"))
        return ObjectSpecs(programs: ["traced": program], license: "GPL")
    }
}
