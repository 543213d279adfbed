import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Testing

/// What users read when a kernel lacks something, and what becomes of the instructions.
@Suite struct COREMessageTests {
    /// The object's types, changed into a kernel's; each change has its message.
    private func outcomes(
        of program: String,
        _ change: (inout BTFBuilder, BTF) throws -> Void
    ) throws -> (program: ProgramSpec, outcomes: [COREOutcome]) {
        let specs = try Fixture.specs("relocations")
        let types = try #require(specs.types)
        var builder = try kernel(types)
        try change(&builder, types)
        var relocator = CORERelocator(local: types, target: try builder.build())
        var spec = try #require(specs.programs[program])
        let outcomes = try relocator.apply(to: &spec)
        return (spec, outcomes)
    }

    /// The types of a kernel like the one that an object was made for; kernels have no flavours.
    private func kernel(_ types: BTF) throws -> BTFBuilder {
        var builder = try BTFBuilder(extending: types)
        for id in types.typeIDs {
            guard case .structure(var type) = builder[id], type.name.contains("___") else {
                continue
            }
            type.name = "flavour"
            builder[id] = .structure(type)
        }
        return builder
    }

    private func editing(
        _ name: String,
        _ edit: @escaping (inout CompositeType) -> Void
    ) -> (inout BTFBuilder, BTF) throws -> Void {
        { builder, types in
            let id = try #require(types.first(named: name, kind: .structure))
            guard case .structure(var type) = builder[id] else { return }
            edit(&type)
            builder[id] = .structure(type)
        }
    }

    @Test func `nothing changes for the kernel that an object was compiled for`() throws {
        let before = try #require(try Fixture.specs("relocations").programs["loads"])
        let after = try outcomes(of: "loads") { _, _ in }
        #expect(after.program.instructions == before.instructions)
        #expect(after.program.coreRelocations.isEmpty)
        #expect(after.outcomes.count == before.coreRelocations.count)
    }

    @Test func `members are found where the kernel has put them`() throws {
        let found = try outcomes(
            of: "stores",
            editing("node") { type in
                for index in type.members.indices { type.members[index].bitOffset += 64 }
            }
        )
        for outcome in found.outcomes {
            guard case .resolved(let value) = outcome.result else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(value.target == value.local + 8)
            #expect("\(outcome)".contains(", offset: \(value.local) → \(value.target)"))
        }
        #expect(found.outcomes.map(\.subject).contains("struct node.corners[1].x"))
    }

    @Test func `what is missing is named, with what may have been meant`() throws {
        let rows: [((inout BTFBuilder, BTF) throws -> Void, String)] = [
            (
                editing("node") { $0.members[3].name = "ward" },
                "the kernel's struct node has no member \"word\"; did you mean \"ward\"?"
            ),
            (
                editing("node") { $0.name = "nodes" },
                "the kernel has no struct \"node\"; did you mean \"nodes\"?"
            ),
            (
                editing("node") { $0.members[3].type = $0.members[6].type },
                "member \"word\" is 'struct point [4]' in the kernel, but 'u32' in the program"
            ),
        ]
        for (change, message) in rows {
            let found = try outcomes(of: "stores", change)
            let messages = found.outcomes.compactMap { outcome -> String? in
                guard case .missing(let missing) = outcome.result else { return nil }
                let poisoned = found.program.instructions[outcome.relocation.slot]
                #expect(poisoned.opcode == 0x85)
                #expect(CORERelocator.relocation(ofUnknownFunction: poisoned.immediate) != nil)
                return "\(missing)"
            }
            #expect(messages.contains(message), "\(messages)")
        }
    }

    @Test func `outcomes name the line of the source`() throws {
        let found = try outcomes(of: "stores", editing("node") { $0.members[3].name = "gone" })
        let missing = try #require(
            found.outcomes.first { if case .missing = $0.result { true } else { false } }
        )
        #expect(missing.line?.text.contains("own->word = 3") == true)
        #expect("\(missing)".contains("relocations.c:"), "\(missing)")
    }

    @Test func `integers of other sizes are loaded as they are, if they have no sign`() throws {
        let wide = try #require(try Fixture.specs("relocations").types?.first(named: "u64"))
        let found = try outcomes(of: "stores", editing("node") { $0.members[3].type = wide })
        #expect(found.outcomes.allSatisfy { if case .resolved = $0.result { true } else { false } })
        let signed = try #require(try Fixture.specs("relocations").types?.first(named: "s16"))
        let poisoned = try outcomes(of: "stores", editing("node") { $0.members[3].type = signed })
        let messages = poisoned.outcomes.map(\.description)
        let message = "the field is 's16' in the kernel, but 'u32' in the program"
        #expect(messages.contains { $0.contains(message) } == false)
        #expect(messages.contains { $0.contains("loads and stores adapt only to pointers") })
    }

    @Test func `several types with different answers are an error`() throws {
        do {
            _ = try outcomes(of: "stores") { builder, types in
                let id = try #require(types.first(named: "node", kind: .structure))
                guard case .structure(var type) = builder[id] else { return }
                for index in type.members.indices { type.members[index].bitOffset += 32 }
                type.name = "node___twin"
                _ = builder.add(.structure(type))
            }
            Issue.record("two answers were one")
        } catch let error as COREError {
            #expect(error.program == "stores")
            #expect("\(error)".contains("the kernel has several types of this name"), "\(error)")
        }
    }

    @Test func `modules are asked for what the kernel lacks, once`() throws {
        let specs = try Fixture.specs("relocations")
        let types = try #require(specs.types)
        var kernel = BTFBuilder()
        _ = kernel.add(.integer(IntegerType(name: "long", size: 8)))
        let target = try kernel.build()
        var module = BTFBuilder(base: target)
        for id in types.typeIDs {
            let type = try types.type(id)
            let isFlavour = type.name.contains("___")
            let moved = type.mappingReferences {
                $0 == .void ? .void : TypeID($0.rawValue + 1)
            }
            _ = module.add(isFlavour ? .forward(name: "flavour", isUnion: false) : moved)
        }
        let extended = try module.build()
        var count = 0
        var relocator = CORERelocator(local: types, target: target) {
            count += 1
            return [extended]
        }
        for name in ["stores", "loads"] {
            var program = try #require(specs.programs[name])
            let outcomes = try relocator.apply(to: &program)
            #expect(outcomes.allSatisfy { if case .resolved = $0.result { true } else { false } })
        }
        #expect(count == 1)
    }

    @Test func `damaged relocations are refused`() throws {
        let specs = try Fixture.specs("relocations")
        let types = try #require(specs.types)
        let node = try #require(types.first(named: "node", kind: .structure))
        let number = try #require(types.first(named: "int", kind: .integer))
        let target = try kernel(types).build()
        let rows: [(TypeID, String, CORERelocation.Kind, Int, String)] = [
            (node, "0:99", .fieldByteOffset, 0, "there is no member 99"),
            (node, "", .fieldExists, 0, "\"\" is no index"),
            (node, "0:x", .fieldExists, 0, "\"x\" is no index"),
            (node, "0:0:0", .fieldExists, 0, "only structs, unions and arrays have parts"),
            (node, "1", .typeExists, 0, "a type has no parts"),
            (node, "0", .enumeratorValue, 0, "there is no such enumerator"),
            (number, "0:1", .fieldExists, 0, "only structs, unions and arrays have parts"),
            (TypeID(9999), "0", .typeExists, 0, "there is no type [9999]"),
            (.void, "0", .typeSize, 0, "there is no type [0]"),
            (node, "0", .typeSize, 99_999, "there is no such instruction; the program has"),
            (node, "0:4", .fieldByteOffset, 1, "by the object's own types it should be"),
            (node, "4294967295:3", .fieldByteSize, 0, "own types"),
            (node, Array(repeating: "0", count: 65).joined(separator: ":"), .fieldExists, 0, "64"),
        ]
        for (type, access, kind, slot, message) in rows {
            var program = try #require(specs.programs["stores"])
            let relocation = CORERelocation(slot: slot, type: type, access: access, kind: kind)
            program.coreRelocations = [relocation]
            let before = program
            var relocator = CORERelocator(local: types, target: target)
            do {
                _ = try relocator.apply(to: &program)
                Issue.record("\(access) was applied")
            } catch {
                #expect("\(error)".contains(message), "\(error)")
            }
            #expect(program == before)
        }
    }

    @Test func `a check lists everything and changes nothing`() throws {
        let specs = try Fixture.specs("relocations")
        var kernel = BTFBuilder()
        _ = kernel.add(.integer(IntegerType(name: "long", size: 8)))
        let check = try CORECheck(specs, against: kernel.build())
        let total = specs.programs.values.reduce(0) { $0 + $1.coreRelocations.count }
        #expect(check.programs.reduce(0) { $0 + $1.outcomes.count } == total)
        #expect(check.failed.isEmpty && check.missing.count > total / 2)
    }
}
