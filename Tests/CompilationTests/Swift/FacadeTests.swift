import EBPFObjectFile
import Testing

@testable import EBPFCompilation

/// The source through which an application uses a kernel program.
@Suite(.enabled("a Swift toolchain is here") { await KernelSwift.isAvailable() })
struct FacadeTests {
    private static let source = """
        public struct Start: BitwiseCopyable { public var id: UInt32; var command: FixedString<16> }
        let only = Config<UInt32>(7)
        let starts = RingBuffer<Start>(byteCount: 4096)
        let counts = HashMap<UInt16, UInt64>(maxEntries: 8)
        let networks = LPMTrie<IPv4Address, UInt64>(maxEntries: 8)
        let lost = Global<UInt64>(0)
        @section("xdp") @used func count(_ packet: XDPContext) -> XDPAction {
            guard let ip = packet.header(IPv4.self, at: 14) else { return .drop }
            if networks.longestMatch(ip.value.source) != nil { return .drop }
            counts[1, default: 0] += 1
            guard let start = starts.reserve() else { lost.value += 1; return .pass }
            start.event.id = only.value
            start.submit()
            return .pass
        }
        """

    @Test func `programs, maps and variables have the types of the source`() async throws {
        let program = try await KernelSwift.program(Self.source)
        let text = try Facade(name: "Watch", module: "WatchProgram").source(for: program)
        for line in [
            "struct Watch: Sendable {", "import WatchProgram", "let count: XDPProgram",
            "let starts: RingBuffer<Start>", "let counts: HashMap<UInt16, UInt64>",
            "let networks: LPMTrie<LPMKey<IPv4Address>, UInt64>",
            "let lost: GlobalVariable<UInt64>",
            "var only: UInt32?",
        ] {
            #expect(text.contains(line), "\(line)\n\(text.prefix(3000))")
        }
    }

    @Test(arguments: [
        ("public struct Key: BitwiseCopyable { var a: UInt32 }", ""),
        ("public struct Key { var a: UInt32 }\nextension Key: BitwiseCopyable {}", ""),
        (
            "struct Key { var a: UInt32 }",
            "2:1: error: applications use Key through counts; declare it"
        ),
        (
            "  public struct Key { var a: UInt32 }",
            "2:3: error: applications use Key through counts"
        ),
        ("enum Key: UInt8 { case one }", "`public enum Key: BitwiseCopyable`"),
    ])
    func `a type that the application could not use is named at its line`(
        _ declaration: String, _ message: String
    ) async throws {
        let diagnostics = SharedTypes([("Program.swift", "import EBPFProgram\n\(declaration)\n")])
            .diagnostics([
                KernelDeclaration(name: "counts", role: .map, type: "HashMap<Key, UInt64>")
            ])
        #expect(diagnostics.isEmpty == message.isEmpty)
        #expect(diagnostics.first.map { "\($0)".contains(message) } ?? true, "\(diagnostics)")
    }

    @Test(arguments: [[], [0], [1, 2], [1, 2, 3], Array(0...255)] as [[UInt8]])
    func `bytes in text are the bytes that come out`(_ bytes: [UInt8]) throws {
        let object = [0x7f, 0x45, 0x4c, 0x46] + bytes
        let text = Base64.text(object)
        #expect(text.count == (object.count + 2) / 3 * 4)
        #expect(Base64.bytes(of: text) == object)
    }
}
