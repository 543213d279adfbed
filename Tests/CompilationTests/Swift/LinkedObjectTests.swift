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
}
