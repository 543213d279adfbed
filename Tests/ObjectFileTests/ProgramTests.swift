import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Testing

@Suite struct ProgramTests {
    static let functions: [(object: String, program: String, functions: [String])] = [
        ("functions", "first", ["first", "global", "middle", "leaf", "hidden"]),
        ("functions", "second", ["second", "weak", "leaf"]),
        ("functions", "callbacks", ["callbacks", "each", "step", "leaf"]),
        ("functions", "recursive", ["recursive", "even", "odd"]),
        ("functions", "optional", ["optional"]),
        ("gcc", "first", ["first", "global", "middle", "leaf", "hidden"]),
        ("gcc", "second", ["second", "weak", "leaf"]),
        ("gcc", "callbacks", ["callbacks", "each", "step", "leaf"]),
        ("gcc", "recursive", ["recursive", "even", "odd"]),
        ("legacy", "filter", ["filter", "find"]),
        ("rust", "filter", ["filter", "helper"]),
        ("rust", "again", ["again"]),
    ]

    @Test(arguments: functions) func `a program is its function and all that it reaches`(
        _ row: (object: String, program: String, functions: [String])
    ) throws {
        let program = try #require(try Fixture.specs(row.object).programs[row.program])
        let names = program.functions.map(\.name)
        for (name, expected) in zip(names, row.functions) { #expect(name.hasSuffix(expected)) }
        #expect(names.count == row.functions.count)
        try checkLinks(program)
    }

    /// Every call and function pointer leads to the start of a function, all are led to, and
    /// every function ends with an exit or a jump.
    private func checkLinks(_ program: ProgramSpec) throws {
        let starts = Set(program.functions.map(\.slot))
        var reached: Set<Int> = [0]
        var slot = 0
        while slot < program.instructions.count {
            let instruction = program.instructions[slot]
            let isCall = instruction.opcode == 0x85 && instruction.source == 1
            let isPointer = instruction.opcode == 0x18 && instruction.source == 4
            if isCall || isPointer {
                let target = slot + 1 + Int(instruction.immediate)
                #expect(starts.contains(target))
                reached.insert(target)
            }
            slot += instruction.opcode == 0x18 ? 2 : 1
        }
        #expect(reached == starts)
        for end in program.functions.dropFirst().map(\.slot) + [program.instructions.count] {
            #expect([0x95, 0x05].contains(program.instructions[end - 1].opcode))
        }
    }

    struct Section: Sendable {
        let program: String
        let section: String
        let type: ProgramType
        var attachType: AttachType?
        var target: String?
        var flags: ProgramFlags = []
        var autoload = true
    }

    static let sections: [Section] = [
        Section(program: "first", section: "xdp", type: .xdp, attachType: .xdp),
        Section(program: "callbacks", section: "tc", type: .schedulerClassifier),
        Section(
            program: "recursive",
            section: "kprobe/do_unlinkat",
            type: .kprobe,
            target: "do_unlinkat"
        ),
        Section(
            program: "optional",
            section: "kprobe/do_exit",
            type: .kprobe,
            target: "do_exit",
            autoload: false
        ),
        Section(
            program: "sleeper",
            section: "lsm.s/file_open",
            type: .lsm,
            attachType: .lsmMAC,
            target: "file_open",
            flags: .sleepable
        ),
        Section(
            program: "fragments",
            section: "xdp.frags",
            type: .xdp,
            attachType: .xdp,
            flags: .fragments
        ),
    ]

    @Test(arguments: sections) func `the section's name says what the program is`(
        _ row: Section
    ) throws {
        let program = try #require(try Fixture.specs("functions").programs[row.program])
        #expect(program.section == row.section)
        #expect(program.type == row.type)
        #expect(program.attachType == row.attachType)
        #expect(program.attachTarget == row.target)
        #expect(program.flags == row.flags)
        #expect(program.autoload == row.autoload)
    }

    @Test func `functions have types and linkage`() throws {
        let specs = try Fixture.specs("functions")
        let types = try #require(specs.types)
        let program = try #require(specs.programs["first"])
        #expect(program.functions.map(\.linkage) == [.global, .global, .static, .static, .static])
        for function in program.functions {
            #expect(try types.name(of: try #require(function.type)) == function.name)
        }
        let hidden = try #require(types.first(named: "hidden", kind: .function))
        guard case .function(_, _, let linkage) = try types.type(hidden) else {
            Issue.record("no function")
            return
        }
        #expect(linkage == .static)
    }

    @Test func `references name maps, variables and the kernel's symbols`() throws {
        let specs = try Fixture.specs("globals")
        let program = try #require(specs.programs["kernel"])
        let expected: [(Int, String)] = [
            (0, "kernelVariable bpf_prog_active typed"), (3, "mapValue .kconfig+12"),
            (6, "mapValue .kconfig+0"), (9, "mapValue .kconfig+28"), (13, "mapValue .kconfig+8"),
            (16, "kernelFunction bpf_task_acquire typed weak"),
            (19, "kernelFunction bpf_task_acquire typed weak"),
            (22, "kernelFunction bpf_task_release typed"), (24, "kernelVariable maybe_symbol weak"),
            (28, "kernelVariable init_task"),
        ]
        #expect(program.references.map(\.slot) == expected.map(\.0))
        #expect(program.references.map { describe($0.target) } == expected.map(\.1))
        for reference in program.references {
            let instruction = program.instructions[reference.slot]
            switch (reference.target, instruction.opcode) {
            case (.kernelFunction, 0x85): #expect(instruction.source == 2)
            case (.kernelFunction, _), (.kernelVariable, _): #expect(instruction.source == 3)
            case (.map, _): #expect(instruction.source == 1)
            case (.mapValue(_, let offset), _):
                #expect(instruction.source == 2)
                #expect(program.instructions[reference.slot + 1].immediate == offset)
            }
        }
    }

    private func describe(_ target: ProgramReference.Target) -> String {
        func words(_ kind: String, _ name: String, _ type: TypeID?, _ isWeak: Bool) -> String {
            "\(kind) \(name)" + (type == nil ? "" : " typed") + (isWeak ? " weak" : "")
        }
        return switch target {
        case .map(let name): "map \(name)"
        case .mapValue(let name, let offset): "mapValue \(name)+\(offset)"
        case .kernelFunction(let name, let type, let isWeak):
            words("kernelFunction", name, type, isWeak)
        case .kernelVariable(let name, let type, let isWeak):
            words("kernelVariable", name, type, isWeak)
        }
    }

    @Test func `a symbol with a displacement is a byte of global data`() throws {
        let program = try #require(try Fixture.specs("globals").programs["count"])
        #expect(
            program.references.map { describe($0.target) } == [
                "mapValue .rodata+4", "mapValue .rodata+0", "mapValue .data+20",
                "mapValue .bss.scratch+0", "mapValue .data.custom+0", "mapValue .bss+0",
                "mapValue .rodata+32", "mapValue .data+16", "mapValue .bss+8", "mapValue .data+24",
                "mapValue .rodata+16", "mapValue .data+0", "mapValue .rodata+35",
            ]
        )
    }

    @Test func `rustc's symbols of sections lead to maps and data`() throws {
        let specs = try Fixture.specs("rust")
        #expect(specs.maps["SECOND"]?.type == .array && specs.maps["COUNTS"]?.maxEntries == 64)
        let program = try #require(specs.programs["filter"])
        let targets = program.references.map { describe($0.target) }
        #expect(targets.first == "map SECOND")
        #expect(targets.contains("kernelFunction opaque"))
        #expect(targets.contains { $0.hasPrefix("mapValue .rodata.") && $0.hasSuffix("4PORT+0") })
    }

    @Test func `records of subprograms move with them`() throws {
        let program = try #require(try Fixture.specs("functions").programs["second"])
        #expect(program.references == [ProgramReference(slot: 10, target: .map("counts"))])
        #expect(program.functions.map(\.slot) == [0, 3, 7])
        let line = try #require(program.line(at: 0))
        #expect(line.file == "./functions.c" && line.text == "    return weak(3);")
        #expect(program.line(at: 3)?.text.contains("return leaf(value) + 1;") == true)
        #expect(program.line(at: 10)?.text.contains("map_lookup_elem(&counts, &value)") == true)
        #expect(program.lines.map(\.slot) == program.lines.map(\.slot).sorted())
        #expect(program.function(at: 8)?.name == "leaf")
    }

    @Test func `sections of the same name keep their own records`() throws {
        let specs = try Fixture.specs("sections")
        #expect(specs.programs["keep"]?.lines.map(\.line) == [6])
        #expect(specs.programs["discard"]?.lines.map(\.line) == [10])
        let types = try #require(specs.types)
        for program in specs.programs.values {
            let type = try #require(program.functions.first?.type)
            #expect(try types.name(of: type) == program.name)
        }
    }

    @Test func `CO-RE relocations of every kind are read`() throws {
        let specs = try Fixture.specs("core")
        let types = try #require(specs.types)
        let relocations = try #require(specs.programs["core"]).coreRelocations
        #expect(Set(relocations.map(\.kind)) == Set(CORERelocation.Kind.allCases))
        let first = relocations.map { "\($0.slot) \($0.access) \($0.kind)" }.prefix(5)
        #expect(
            first == [
                "0 0:2 fieldByteOffset", "1 0:0 fieldByteOffset", "2 0:1:0:2 fieldByteOffset",
                "4 0:1:2 fieldByteOffset", "6 0:1:1 fieldByteSize",
            ]
        )
        let value = try #require(relocations.last)
        #expect(try types.name(of: value.type) == "colour" && value.kind == .enumeratorValue)
    }
}
