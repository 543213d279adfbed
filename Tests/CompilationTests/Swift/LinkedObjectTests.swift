import EBPFBytecode
import EBPFExecution
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFCompilation

/// Objects that Swift became: ordinary ones, with the names, types and lines of the source.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct LinkedObjectTests {
    private static let firewall = Task {
        try await KernelSwift.compile(ContractSources.firewall, name: "Firewall.swift")
    }
    private static let execution = Task {
        try await KernelSwift.compile(ContractSources.execution, name: "Exec.swift")
    }

    /// The name of a type in the object, or its size where it has none.
    private static func name(_ id: TypeID?, _ specs: ObjectSpecs) throws -> String? {
        guard let id, let types = specs.types else { return nil }
        return try types.type(id).name
    }

    private static let maps: [(String, MapType, Int, String?, String)] = [
        ("blockedPorts", .hash, 1024, "unsigned short", "unsigned long long"),
        ("blockedNetworks", .longestPrefixMatchTrie, 1024, nil, "unsigned long long"),
        ("types", .hash, 64, "unsigned short", "unsigned long long"),
        ("passed", .perCPUArray, 1, nil, "unsigned long long"),
    ]

    @Test(arguments: maps)
    func `the firewall's maps have the types of their declarations`(
        _ name: String, _ type: MapType, _ entries: Int, _ key: String?, _ value: String
    ) async throws {
        let specs = try await Self.firewall.value
        let map = try #require(specs.maps[name])
        #expect(map.type == type)
        #expect(Int(map.maxEntries) == entries)
        if let key { #expect(try Self.name(map.keyType, specs) == key) }
        #expect(try Self.name(map.valueType, specs) == value)
    }

    @Test func `line information quotes the source`() async throws {
        let specs = try await Self.firewall.value
        let program = try #require(specs.programs["firewall"])
        #expect(program.section == "xdp")
        #expect(program.type == .xdp)
        let source = ContractSources.firewall.split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(program.lines.count > 10)
        for line in program.lines {
            #expect(line.file.hasSuffix("/Firewall.swift"))
            try #require(source.indices.contains(line.line - 1))
            #expect(line.text == source[line.line - 1])
        }
    }

    @Test func `variables keep their initial values`() async throws {
        let firewall = try await Self.firewall.value
        #expect(firewall.variables["limit"] == nil, "nobody uses it")
        let specs = try await Self.execution.value
        let filter = try #require(specs.variables["onlyChildrenOf"])
        #expect(filter.isConstant)
        #expect(filter.bytes == [0, 0, 0, 0])
        let dropped = try #require(specs.variables["dropped"])
        #expect(!dropped.isConstant)
        #expect(dropped.size == 8)
        #expect(specs.programs["onExecve"]?.coreRelocations.isEmpty == false)
    }

    @Test(.liveKernel) func `the programs of the contract load in the kernel`() async throws {
        let firewall = try KernelHost().load(await Self.firewall.value)
        let program = try #require(firewall.programs["firewall"])
        #expect(try program.run(packet: [UInt8](repeating: 0, count: 64)).returned == 2)
        let execution = try KernelHost().load(await Self.execution.value)
        #expect(execution.programs["onExecve"] != nil)
    }

    private static let several = """

        let start = Global<UInt64>(40)
        let step = Config<UInt64>(2)
        let texts: (UInt8, UInt8) = (7, 8)

        @inline(never) func advance(_ n: UInt64) -> UInt64 { n &+ step.value }
        @inline(never) func twice(_ n: UInt64) -> UInt64 { advance(n) &* 2 }

        @section("xdp") @used func first(_ p: XDPContext) -> Int32 {
            Int32(truncatingIfNeeded: advance(start.value))
        }
        @section("xdp") @used func second(_ p: XDPContext) -> Int32 {
            Int32(truncatingIfNeeded: twice(start.value)) &+ Int32(texts.1)
        }

        """

    private static func results(
        _ run: (String) throws -> Int
    ) rethrows -> [Int] { [try run("first"), try run("second")] }

    @Test func `programs of one section, subprograms and static data run in our machine`()
        async throws
    {
        let specs = try await KernelSwift.compile(Self.several)
        #expect(specs.programs.keys.sorted() == ["first", "second"])
        #expect(specs.programs["second"]?.functions.map(\.name) == ["second", "twice", "advance"])
        let object = try UserSpaceHost().load(specs)
        let results = try Self.results { name in
            let program = try #require(object.programs[name])
            return Int(try program.run(packet: [UInt8](repeating: 0, count: 64)).returned)
        }
        #expect(results == [42, 92])
    }

    @Test(.liveKernel)
    func `programs of one section, subprograms and static data run in the kernel`() async throws {
        let object = try KernelHost().load(await KernelSwift.compile(Self.several))
        let results = try Self.results { name in
            let program = try #require(object.programs[name])
            return Int(try program.run(packet: [UInt8](repeating: 0, count: 64)).returned)
        }
        #expect(results == [42, 92])
    }

    @Test func `the licence is the one that was chosen`() async throws {
        let program = "@section(\"xdp\") @used func f(_ p: XDPContext) -> XDPAction { .pass }\n"
        #expect(try await KernelSwift.compile(program).license == "GPL")
        #expect(try await KernelSwift.compile(program) { $0.license = "MIT" }.license == "MIT")
    }

    /// Types of values, with their sizes in Swift, which Linux takes from the object's BTF.
    private static let shapes: [(type: String, value: String, size: Int)] = [
        ("(UInt64, UInt64)", "(1, 2)", 16),
        ("(packets: UInt32, bytes: UInt64)", "(1, 2)", 16),
        ("(UInt16, UInt8)", "(1, 2)", 3),
        ("UInt32?", "3", 5),
        ("UInt64?", "nil", 9),
        ("Payload", ".named(7, 3)", 5),
        ("Mixed", "Mixed()", 42),
        ("InlineArray<3, (UInt8, UInt32)>", "InlineArray(repeating: (1, 2))", 24),
        ("IPv6Address", "IPv6Address(1, 2, 3, 4, 5, 6, 7, 8)", 16),
        ("BigEndian<UInt16>", "80", 2),
        ("FixedString<12>", "\"text\"", 12),
    ]

    private static let shaped = Task {
        let maps = shapes.enumerated().map { number, shape in
            """
            let keyed\(number) = HashMap<\(shape.type), UInt8>(maxEntries: 4)
            let valued\(number) = HashMap<UInt8, \(shape.type)>(maxEntries: 4)
            @section("xdp") @used func use\(number)(_ p: XDPContext) -> Int32 {
                let value: \(shape.type) = \(shape.value)
                keyed\(number).update(value, 1)
                valued\(number).update(1, value)
                return keyed\(number).lookup(value) != nil && valued\(number).lookup(1) != nil ? 1 : 0
            }

            """
        }
        let types = """

            enum Payload { case numbered(UInt32), named(UInt16, UInt8), none }
            enum Letter: UInt8 { case a, b }
            struct Mixed {
                var pair: (UInt16, UInt32) = (1, 2)
                var optional: UInt32? = 3
                var flag = true
                var letter = Letter.b
                var pointer: UnsafeRawPointer? = nil
                var address = IPv6Address(1, 2, 3, 4, 5, 6, 7, 8)
                var type = EtherType.ipv4
            }

            """
        return try await KernelSwift.compile(types + maps.joined())
    }

    @Test(arguments: shapes.indices)
    func `keys and values are as large as in Swift, whatever their types`(
        _ number: Int
    ) async throws {
        let specs = try await Self.shaped.value
        let (keyed, valued) = (specs.maps["keyed\(number)"], specs.maps["valued\(number)"])
        #expect(keyed?.keySize == UInt32(Self.shapes[number].size))
        #expect(valued?.valueSize == UInt32(Self.shapes[number].size))
        let object = try UserSpaceHost().load(specs)
        let program = try #require(object.programs["use\(number)"])
        #expect(try program.run(packet: [UInt8](repeating: 0, count: 64)).returned == 1)
    }

    @Test(.liveKernel) func `maps of any type load in the kernel`() async throws {
        let object = try KernelHost().load(await Self.shaped.value)
        for number in Self.shapes.indices {
            let program = try #require(object.programs["use\(number)"])
            let result = try program.run(packet: [UInt8](repeating: 0, count: 64))
            #expect(result.returned == 1, "\(Self.shapes[number].type)")
        }
    }

    @Test func `members are where Swift has them, behind optionals and tuples, too`() async throws {
        let specs = try await Self.shaped.value
        let types = try #require(specs.types)
        let number = try #require(Self.shapes.firstIndex { $0.type == "Mixed" })
        let id = try #require(specs.maps["valued\(number)"]?.valueType)
        guard case .structure(let mixed) = try types.type(id) else {
            Issue.record("not a structure")
            return
        }
        let members = mixed.members.map { "\($0.name) \($0.bitOffset / 8)" }
        #expect(
            members == [
                "pair 0", "optional 8", "flag 13", "letter 14", "pointer 16", "address 24",
                "type 40",
            ])
    }

    /// Initial values that the optimiser does not reduce to constant stores.
    private static let tables = """

        let squares: InlineArray<256, UInt32> = InlineArray { UInt32($0 * $0) }
        let sums: InlineArray<256, UInt32> = InlineArray { index in
            var remainder = UInt32(index)
            for _ in 0..<8 {
                remainder = remainder & 1 == 1 ? 0xedb8_8320 ^ remainder >> 1 : remainder >> 1
            }
            return remainder
        }
        let signed: InlineArray<64, Int16> = InlineArray { Int16($0) * -3 / 2 }
        @section("xdp") @used func look(_ p: XDPContext) -> Int32 {
            let n = p.byteCount & 63
            guard squares[n + 9] == 81, sums[n + 9] == 0x79dcb8a4, signed[n + 9] == -13
            else { return Int32(bitPattern: sums[n + 9]) }
            return 1
        }

        """

    @Test func `tables are filled before the program is loaded`() async throws {
        let object = try UserSpaceHost().load(await KernelSwift.compile(Self.tables))
        let program = try #require(object.programs["look"])
        let result = try program.run(packet: [UInt8](repeating: 0, count: 64))
        #expect(result.returned == 1)
    }
}
