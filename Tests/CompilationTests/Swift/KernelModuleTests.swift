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
        "atomics", "packets", "printing",
    ]

    @Test(arguments: programs) func `a program that uses a part of the kernel's module loads`(
        name: String
    ) async throws {
        let directory = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let source = "/\(directory)/Programs/Kernel/\(name).swift"
        let program = try await SwiftCompiler(module: KernelSwift.module).compile([source])
        #expect(program.output.isEmpty)
        let specs = try ObjectFile(program.bytes, name: name).specs()
        _ = try KernelHost().load(specs)
    }
}
