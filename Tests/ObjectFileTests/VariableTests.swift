import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Testing

@Suite struct VariableTests {
    static let rows: [(name: String, map: String, offset: Int, bytes: [UInt8])] = [
        ("seen", ".data", 0, [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0]),
        ("maybe", ".data", 16, [5, 0, 0, 0]),
        ("count.calls", ".data", 20, [3, 0, 0, 0]),
        ("secret", ".data", 24, [249, 255, 255, 255]),
        ("port", ".rodata", 0, [53, 0]),
        ("limits", ".rodata", 4, [10, 0, 0, 0, 232, 3, 0, 0]),
        ("table", ".rodata", 32, [7, 8, 9]),
        ("verbose", ".rodata", 35, [0]),
        ("custom", ".data.custom", 0, [0xcd, 0xab, 0, 0]),
        ("packets", ".bss", 0, [0, 0, 0, 0, 0, 0, 0, 0]),
        ("scratch", ".bss.scratch", 0, [0, 0, 0, 0]),
        ("shared", ".bss", 8, [0, 0, 0, 0]),
        ("CONFIG_HZ", ".kconfig", 0, [0, 0, 0, 0, 0, 0, 0, 0]),
        ("LINUX_KERNEL_VERSION", ".kconfig", 8, [0, 0, 0, 0]),
        ("CONFIG_BPF_SYSCALL", ".kconfig", 28, [0]),
    ]

    @Test(arguments: rows) func `a variable has a place and a value`(
        _ row: (name: String, map: String, offset: Int, bytes: [UInt8])
    ) throws {
        let variable = try #require(try Fixture.specs("globals").variables[row.name])
        #expect(variable.map == row.map)
        #expect(variable.offset == row.offset)
        #expect(variable.bytes == row.bytes)
        #expect(variable.size == row.bytes.count)
        #expect(variable.isConstant == [".rodata", ".kconfig"].contains(row.map))
        #expect(variable.isExternal == (row.map == ".kconfig"))
        #expect(variable.isWeak == ["maybe", "CONFIG_HZ"].contains(row.name))
    }

    @Test func `variables have types, and data sections are filled in`() throws {
        let specs = try Fixture.specs("globals")
        let types = try #require(specs.types)
        let limits = try #require(specs.variables["limits"]?.type)
        #expect(try types.members(of: limits).map(\.name) == ["low", "high"])
        let section = try #require(try types.dataSection(".rodata"))
        #expect(section.size == 36)
        #expect(section.variables.map(\.offset) == [0, 4, 16, 32, 35])
        let configuration = try #require(try types.dataSection(".kconfig"))
        #expect(configuration.variables.map(\.offset) == [0, 8, 12, 28])
        #expect(configuration.size == 29)
    }

    static let sections: [(name: String, size: UInt32, flags: MapFlags, isFrozen: Bool)] = [
        (".data", 28, .mappable, false),
        (".rodata", 36, [.mappable, .readOnlyForPrograms], true),
        (".data.custom", 4, .mappable, false),
        (".rodata.str1.1", 13, .readOnlyForPrograms, true),
        (".bss", 12, .mappable, false),
        (".bss.scratch", 4, .mappable, false),
        (".kconfig", 29, [.mappable, .readOnlyForPrograms], true),
    ]

    @Test(arguments: sections) func `a section of global data is an array of one value`(
        _ row: (name: String, size: UInt32, flags: MapFlags, isFrozen: Bool)
    ) throws {
        let map = try #require(try Fixture.specs("globals").maps[row.name])
        #expect(map.type == .array && map.keySize == 4 && map.maxEntries == 1)
        #expect(map.valueSize == row.size && map.contents?.count == Int(row.size))
        #expect(map.flags == row.flags)
        #expect(map.isFrozen == row.isFrozen)
    }

    @Test func `pointers in global data are recorded`() throws {
        let map = try #require(try Fixture.specs("globals").maps[".rodata"])
        #expect(
            map.addresses == [
                .init(offset: 16, target: .mapValue(".rodata.str1.1", offset: 0)),
                .init(offset: 24, target: .mapValue(".rodata.str1.1", offset: 6)),
            ]
        )
    }

    @Test func `setting a variable changes what its map starts with`() throws {
        var specs = try Fixture.specs("globals")
        try specs.variables["port"]?.set(UInt16(8080))
        try specs.variables["verbose"]?.set(true)
        #expect(try specs.variables["port"]?.get() == UInt16(8080))
        #expect(try specs.variables["secret"]?.get() == Int32(-7))
        let contents = try #require(specs.initialContents(of: ".rodata"))
        #expect(contents[0...1] == [0x90, 0x1f] && contents[35] == 1)
        #expect(specs.maps[".rodata"]?.contents?[0...1] == [53, 0])
        #expect(specs.initialContents(of: "absent") == nil)
    }

    @Test func `a value of another size is refused`() throws {
        var port = try #require(try Fixture.specs("globals").variables["port"])
        let message = "variable port: has 2 bytes, not 4; use a type of 2 bytes"
        let error = #expect(throws: VariableError.self) { try port.set(UInt32(1)) }
        #expect(error?.description == message)
        #expect(throws: VariableError.self) { try port.get(as: UInt32.self) }
        #expect(throws: VariableError.self) { try port.set(bytes: [1]) }
    }

    @Test func `variables are found by their symbols when there are no types`() throws {
        let variables = try Fixture.specs("legacy").variables
        #expect(variables["total"]?.map == ".bss" && variables["total"]?.size == 8)
        #expect(variables["limit"]?.bytes == [9, 0, 0, 0])
        #expect(variables["limit"]?.isConstant == true)
    }

    @Test func `licence and version are read`() throws {
        let specs = try Fixture.specs("globals")
        #expect(specs.license == "GPL")
        #expect(specs.kernelVersion == 0x060100)
        #expect(try Fixture.specs("maps").license == "Dual MIT/GPL")
        #expect(try Fixture.specs("maps").kernelVersion == nil)
    }
}
