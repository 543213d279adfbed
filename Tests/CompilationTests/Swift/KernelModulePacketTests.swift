import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// Headers and checksums of `EBPFProgram`: frames that were made elsewhere (Python's `struct`) go
/// through `Programs/Kernel/packets.swift` in the kernel.
@Suite(
    .liveKernel,
    .enabled("a Swift toolchain with Embedded Swift") { await KernelSwift.isAvailable() })
struct KernelModulePacketTests {
    private static func bytes(_ text: String) -> [UInt8] {
        let digits = text.compactMap { UInt8($0.hexDigitValue ?? 0) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func program() async throws -> KernelObject {
        let directory = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let program = try await SwiftCompiler(module: KernelSwift.module).compile([
            "/\(directory)/Programs/Kernel/packets.swift"
        ])
        return try KernelHost().load(try ObjectFile(program.bytes, name: "packets").specs())
    }

    @Test func `each kind of frame gets its verdict`() async throws {
        let object = try await Self.program()
        let program = try #require(object.programs["packets"])
        for (name, frame, verdict) in Self.frames {
            let result = try program.run(packet: Self.bytes(frame))
            #expect(result.returned == verdict, "\(name)")
        }
    }

    @Test func `checksums stay right when fields change`() async throws {
        let object = try await Self.program()
        let program = try #require(object.programs["packets"])
        let result = try program.run(packet: Self.bytes(Self.segment))
        #expect(result.returned == 2)
        #expect(result.packet == Self.bytes(Self.changedSegment))
    }

    /// 1 drops, 2 passes, 3 sends back.
    private static let frames: [(name: String, frame: String, verdict: UInt32)] = [
        (
            "a tag of network 7",
            "0200000000010200000000028100200708004500002e00010000400666c70a0000010a00"
                + "000203e800500000000100000002500200645348000068656c6c6f21",
            1
        ),
        (
            "TCP that begins, behind a tag",
            "0200000000010200000000028100000808004500002e00010000400666c70a0000010a00"
                + "000203e800500000000100000002500200645348000068656c6c6f21",
            1
        ),
        (
            "a question for 10.0.0.1",
            "020000000001020000000002080600010800060400010200000000010a00000200000000"
                + "00000a000001",
            3
        ),
        (
            "a frame for all",
            "ffffffffffff020000000002080600010800060400010200000000010a00000200000000"
                + "00000a000001",
            2
        ),
        (
            "a question to a name server",
            "02000000000102000000000286dd60000000001411400000000000000000000000000000"
                + "00000000000000000000000000000000000103e700350014000000070000000100010000"
                + "0000",
            2
        ),
        (
            "its answer",
            "02000000000102000000000286dd60000000001411400000000000000000000000000000"
                + "00000000000000000000000000000000000103e700350014000000078000000100010000"
                + "0000",
            1
        ),
        (
            "an answer behind two extension headers",
            "02000000000102000000000286dd60000000002400400000000000000000000000000000"
                + "0000000000000000000000000000000000013c00000000000000110000000000000003e7"
                + "003500140000000780000001000100000000",
            1
        ),
        (
            "a later fragment",
            "02000000000102000000000286dd60000000001c2c400000000000000000000000000000"
                + "000000000000000000000000000000000001110000400000000103e70035001400000007"
                + "80000001000100000000",
            2
        ),
        (
            "a first fragment",
            "02000000000102000000000286dd60000000001c2c400000000000000000000000000000"
                + "000000000000000000000000000000000001110000010000000103e70035001400000007"
                + "80000001000100000000",
            1
        ),
        (
            "more than six extension headers",
            "02000000000102000000000286dd60000000004000400000000000000000000000000000"
                + "000000000000000000000000000000000001000000000000000000000000000000000000"
                + "000000000000000000000000000000000000000000000000000000000000000000000000"
                + "00000000000000000000",
            1
        ),
    ]

    private static let segment =
        "02000000000102000000000208004500002e00010000400666c70a0000010a00000203e8"
        + "0050000000010000000250100064533a000068656c6c6f21"

    /// The same with another port, address and time to live, its checksums computed anew.
    private static let changedSegment =
        "02000000000102000000000208004500002e000100003f0665c50a0000010a01020303e8"
        + "1f9000000001000000025010006431f8000068656c6c6f21"
}
