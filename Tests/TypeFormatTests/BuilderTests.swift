import EBPFTypeFormat
import Testing

@Suite struct BuilderTests {
    @Test func `what clang wrote is built anew byte for byte`() throws {
        let bytes = try Fixture.bytes("kinds")
        let types = try BTF(bytes)
        #expect(Set(types.typeIDs.map { types.kind(of: $0) }).count == TypeKind.allCases.count)
        #expect(try BTFBuilder(extending: types).bytes() == bytes)
    }

    @Test func `types made from nothing can be asked`() throws {
        var builder = BTFBuilder()
        let number = builder.add(.integer(IntegerType(name: "unsigned int", size: 4)))
        let node = builder.nextID
        _ = builder.add(.void)
        let pointer = builder.add(.pointer(node))
        builder[node] = .structure(
            CompositeType(
                name: "node",
                size: 16,
                members: [.init("next", pointer, bitOffset: 0), .init("id", number, bitOffset: 64)]
            )
        )
        let types = try builder.build()
        #expect(types.first(named: "node") == node)
        #expect(try types.size(of: node) == 16)
        #expect(try types.alignment(of: node) == 8)
        #expect(try types.members(of: node).map(\.name) == ["next", "id"])
    }

    @Test func `strings are stored once`() throws {
        var builder = BTFBuilder()
        let first = builder.offset(of: "name")
        #expect(first == 1)
        #expect(builder.offset(of: "other") == 6)
        #expect(builder.offset(of: "name") == first)
        #expect(builder.offset(of: "") == 0)
        #expect(try builder.build().string(at: 6) == "other")
    }

    @Test func `types that stand on others go on with their numbers and strings`() throws {
        let base = try Fixture.kinds()
        let flow = try #require(base.first(named: "flow", kind: .structure))
        var builder = BTFBuilder(base: base)
        let pointer = builder.add(.pointer(flow))
        let alias = builder.add(.alias(name: "flow_pointer", pointer))
        let types = try builder.build()
        #expect(pointer.rawValue == UInt32(base.count))
        #expect(types.count == base.count + 2)
        #expect(types.first(named: "flow_pointer") == alias)
        #expect(types.first(named: "flow") == flow)
        #expect(try types.name(of: alias) == "flow_pointer")
        #expect(try types.resolvedType(alias) == .pointer(flow))
        #expect(Array(types.ownTypeIDs) == [pointer, alias])
    }

    static let unencodable: [(BTFType, String)] = [
        (.void, "void is type 0 and is not stored"),
        (.pointer(TypeID(9)), "there is no type [9]; the last one is [1]"),
        (.float(name: "f", size: -1), "a size of -1 does not fit into 32 bits"),
        (
            .enumeration(.init(name: "e", enumerators: [.init("BIG", 1 << 32)])),
            "enumerator 'BIG' does not fit into 32 bits"
        ),
        (
            .structure(
                .init(
                    name: "s",
                    size: 4,
                    members: [.init("m", .void, bitOffset: 1 << 24, bitFieldSize: 1)]
                )
            ),
            "a struct with bit-fields has offsets below 2 MB"
        ),
    ]

    @Test(arguments: unencodable)
    func `a type that cannot be stored says why`(type: BTFType, message: String) {
        var builder = BTFBuilder()
        _ = builder.add(type)
        let error = #expect(throws: BTFError.self) { try builder.bytes() }
        #expect(error?.description == "type information, type [1]: \(message)")
    }

    @Test func `sections are laid out in place`() throws {
        let types = try Fixture.kinds()
        let id = try #require(types.first(named: ".bss", kind: .dataSection))
        let laidOut = try types.layingOut([id: SectionLayout(size: 96, offsets: [0, 8, 32])])
        let section = try #require(try laidOut.dataSection(".bss"))
        #expect(section.size == 96)
        #expect(section.variables.map(\.offset) == [0, 8, 32])
        #expect(laidOut.count == types.count)
        #expect(throws: BTFError.self) {
            try types.layingOut([id: SectionLayout(size: 96, offsets: [0])])
        }
        #expect(throws: BTFError.self) {
            try types.layingOut([TypeID(1): SectionLayout(size: 96, offsets: [])])
        }
    }
}
