import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// Small programs that each use a part of `EBPFProgram`: they compile, and the running kernel takes
/// them.
@Suite(
    .liveKernel,
    .enabled("a Swift toolchain with Embedded Swift") { await KernelSwift.isAvailable() })
struct KernelModuleTests {
    /// The programs of `Programs/Kernel`, by name.
    static let programs = [
        "keyed", "queues", "loops", "redirects", "streams", "storage", "tc", "sockets", "groups",
        "atomics", "packets", "printing", "changes", "locks", "core", "probes", "network",
    ]

    private static func load(_ name: String) async throws -> KernelObject {
        let directory = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let source = "/\(directory)/Programs/Kernel/\(name).swift"
        let program = try await SwiftCompiler(module: KernelSwift.module).compile([source])
        #expect(program.output.isEmpty)
        return try KernelHost().load(try ObjectFile(program.bytes, name: name).specs())
    }

    @Test(arguments: programs) func `a program that uses a part of the kernel's module loads`(
        name: String
    ) async throws {
        _ = try await Self.load(name)
    }

    /// The sum of the numbers to 50 is 1275; a closure that the kernel calls has computed it, and
    /// another has found it in the map.
    @Test func `closures that the kernel calls change what they captured`() async throws {
        let object = try await Self.load("loops")
        let result = try #require(object.programs["loops"]).run(packet: Self.packet)
        #expect(result.returned == 2)
        let hash = try #require(object.maps["hash"])
        #expect(try hash.value(of: [1, 0, 0, 0]) == [0xfb, 4, 0, 0, 0, 0, 0, 0])
        let totals = try #require(object.maps.first { $0.key.hasSuffix(".bss") }?.value)
        // 1275, the same from the map, and 25 odd numbers
        #expect(try totals.value(of: [0, 0, 0, 0])?.prefix(8) == [0x0f, 0x0a, 0, 0, 0, 0, 0, 0])
    }

    /// 0 + 1, + 2, & 0xff, | 1, ^ 2, then 9, and 10 if it is 9; the values before are added up.
    @Test func `atomic operations give the value before`() async throws {
        let object = try await Self.load("atomics")
        let result = try #require(object.programs["atomics"]).run(packet: Self.packet)
        #expect(result.returned == 2)
        let counts = try #require(object.maps["counts"])
        #expect(try counts.value(of: [0, 0, 0, 0]) == [10, 0, 0, 0, 0, 0, 0, 0])
        let totals = try #require(object.maps.first { $0.key.hasSuffix(".bss") }?.value)
        // 1 + 3 + 3 + 3 + 1 + 9
        #expect(try totals.value(of: [0, 0, 0, 0])?.first == 20)
    }

    private static let packet = [UInt8](repeating: 0, count: 64)
}
