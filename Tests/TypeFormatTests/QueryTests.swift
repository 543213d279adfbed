import EBPFTypeFormat
import Testing

@Suite struct QueryTests {
    @Test func `sizes and alignments are those of C`() throws {
        let types = try Fixture.kinds()
        let rows: [(String, TypeKind, size: Int, alignment: Int)] = [
            ("flow", .structure, 52, 4), ("ethernet", .structure, 14, 2),
            ("bits", .structure, 8, 8), ("everything", .structure, 176, 16),
            ("in6_addr", .structure, 16, 4), ("__be16", .alias, 2, 2),
            ("wide", .enumeration64, 8, 8), ("double", .float, 8, 8),
            ("limit", .variable, 4, 4), ("_Bool", .integer, 1, 1),
        ]
        for (name, kind, size, alignment) in rows {
            let id = try #require(types.first(named: name, kind: kind))
            #expect(try types.size(of: id) == size, "\(name)")
            #expect(try types.alignment(of: id) == alignment, "\(name)")
        }
    }

    @Test func `what has no size says so`() throws {
        let types = try Fixture.kinds()
        let rows: [(TypeID, String)] = [
            (.void, "type [0]: void has no size"),
            (try #require(types.first(named: "later")), "type [53]: FWD [53] 'later' has no size"),
            (
                try #require(types.first(named: "helper")),
                "type [28]: FUNC [28] 'helper' has no size"
            ),
            (TypeID(4_000), "type [4000]: there is no type [4000]; the last one is [77]"),
        ]
        for (id, message) in rows {
            let error = #expect(throws: BTFError.self) { try types.size(of: id) }
            #expect(error?.description == "type information, " + message)
        }
    }

    @Test func `functions and pointers to functions have prototypes`() throws {
        let types = try Fixture.kinds()
        let helper = try #require(types.first(named: "helper", kind: .function))
        #expect(try types.prototype(of: helper).parameters.map(\.name) == ["value"])
        let everything = try #require(types.first(named: "everything", kind: .structure))
        let member = try #require(
            try types.members(of: everything).first { $0.name == "function" }
        )
        let prototype = try types.prototype(of: member.type)
        #expect(prototype.isVariadic)
        #expect(prototype.parameters.count == 3)
        #expect(throws: BTFError.self) { try types.prototype(of: everything) }
    }

    @Test func `notes are found on declarations, members and parameters`() throws {
        let types = try Fixture.kinds()
        let everything = try #require(types.first(named: "everything", kind: .structure))
        let tagged = try #require(types.first(named: "tagged", kind: .structure))
        let helper = try #require(types.first(named: "helper"))
        #expect(try types.declarationTags(on: everything).map(\.name) == ["everything"])
        #expect(try types.declarationTags(on: tagged).isEmpty)
        #expect(try types.declarationTags(on: tagged, component: 1).map(\.name) == ["marked"])
        #expect(try types.declarationTags(on: helper, component: 0).map(\.name) == ["argument"])
    }

    @Test func `sections list their variables`() throws {
        let types = try Fixture.kinds()
        let section = try #require(try types.dataSection(".bss"))
        let names = try section.variables.map { try types.name(of: $0.type) }
        #expect(names == ["tagged", "tail", "flow"])
        #expect(try types.dataSection(".absent") == nil)
    }

    @Test func `bit-fields have offsets and widths`() throws {
        let types = try Fixture.kinds()
        let bits = try #require(types.first(named: "bits"))
        let members = try types.members(of: bits)
        #expect(members.map(\.bitOffset) == [0, 3, 7, 12, 15])
        #expect(members.map(\.bitFieldSize) == [3, 4, 5, 1, 37])
    }
}
