import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Testing

@Suite struct MapTests {
    struct Row: Sendable {
        let name: String
        let type: MapType
        let sizes: [UInt32]
        var flags: MapFlags = []
    }

    static let rows: [Row] = [
        Row(name: "first", type: .array, sizes: [4, 4, 4]),
        Row(name: "second", type: .array, sizes: [4, 4, 4]),
        Row(name: "outer", type: .arrayOfMaps, sizes: [4, 4, 8]),
        Row(name: "jumps", type: .programArray, sizes: [4, 4, 3]),
        Row(name: "flows", type: .hash, sizes: [12, 8, 1024], flags: .noPreallocation),
        Row(name: "bloom", type: .bloomFilter, sizes: [0, 12, 100]),
        Row(name: "events", type: .ringBuffer, sizes: [0, 0, 4096]),
        Row(name: "arena", type: .arena, sizes: [0, 0, 10], flags: .mappable),
        Row(name: "anonymous", type: .hashOfMaps, sizes: [8, 4, 2]),
    ]

    @Test(arguments: rows) func `a map has its type, sizes and flags`(_ row: Row) throws {
        let map = try #require(try Fixture.specs("maps").maps[row.name])
        #expect(map.type == row.type)
        #expect([map.keySize, map.valueSize, map.maxEntries] == row.sizes)
        #expect(map.flags == row.flags)
        #expect(map.section == ".maps")
    }

    @Test func `maps are in the order of their section`() throws {
        #expect(try Array(Fixture.specs("maps").maps.keys) == Self.rows.map(\.name))
    }

    @Test func `the less common attributes are read`() throws {
        let maps = try Fixture.specs("maps").maps
        #expect(maps["flows"]?.pinning == .byName)
        #expect(maps["outer"]?.pinning == MapPinning.none)
        #expect(maps["bloom"]?.extra == 3)
        #expect(maps["arena"]?.extra == 1 << 44)
        #expect(maps["events"]?.numaNode == 0)
        #expect(maps["flows"]?.numaNode == nil)
    }

    @Test func `keys and values have types`() throws {
        let specs = try Fixture.specs("maps")
        let types = try #require(specs.types)
        let flows = try #require(specs.maps["flows"])
        #expect(try types.name(of: try #require(flows.keyType)) == "flow")
        #expect(try types.name(of: try #require(flows.valueType)) == "u64")
        #expect(specs.maps["bloom"]?.valueType == nil)
    }

    @Test func `a map of maps knows its inner map, also an anonymous one`() throws {
        let maps = try Fixture.specs("maps").maps
        let named = try #require(maps["outer"]?.inner)
        #expect(named.type == .array && named.maxEntries == 4 && named.name == "")
        let anonymous = try #require(maps["anonymous"]?.inner)
        #expect(anonymous.type == .hash && anonymous.maxEntries == 7)
        #expect(anonymous.keySize == 4 && anonymous.valueSize == 12)
        #expect(maps["flows"]?.inner == nil)
    }

    @Test func `first values come from relocations`() throws {
        let maps = try Fixture.specs("maps").maps
        #expect(
            maps["outer"]?.initialValues == [
                .init(index: 1, content: .map("first")), .init(index: 5, content: .map("second")),
            ]
        )
        #expect(
            maps["jumps"]?.initialValues == [
                .init(index: 0, content: .program("parse")),
                .init(index: 2, content: .program("drop")),
            ]
        )
        #expect(maps["anonymous"]?.initialValues == [])
    }

    @Test func `legacy maps are read without type information`() throws {
        let specs = try Fixture.specs("legacy")
        #expect(specs.types == nil)
        let counts = try #require(specs.maps["counts"])
        #expect(counts.type == .hash && counts.keySize == 4 && counts.valueSize == 8)
        #expect(counts.maxEntries == 16 && counts.flags == .noPreallocation)
        #expect(counts.pinning == MapPinning.none && counts.section == "maps")
        #expect(specs.maps["shared"]?.pinning == .byName)
    }

    @Test func `structures of functions are maps with programs in them`() throws {
        let maps = try Fixture.specs("structops").maps
        let linked = try #require(maps["linked"])
        #expect(linked.type == .structOperations && linked.flags == .link)
        #expect(linked.contents?.count == 40)
        #expect(
            linked.initialValues == [
                .init(index: 0, content: .program("start")),
                .init(index: 8, content: .program("stop")),
            ]
        )
        let plain = try #require(maps["plain"])
        #expect(plain.flags == [] && plain.section == ".struct_ops")
        #expect(plain.initialValues == [.init(index: 8, content: .program("stop"))])
    }

    @Test func `an arena holds its section of variables`() throws {
        let specs = try Fixture.specs("structops")
        #expect(specs.maps["arena"]?.contents == [42, 0, 0, 0, 0, 0, 0, 0])
        #expect(specs.variables["inside"]?.map == "arena")
        #expect(
            specs.programs["user"]?.references == [
                ProgramReference(slot: 0, target: .mapValue("arena", offset: 0)),
                ProgramReference(slot: 7, target: .map("arena")),
            ]
        )
    }
}
