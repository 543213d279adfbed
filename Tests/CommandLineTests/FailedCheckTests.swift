import EBPFBytecode
@testable import EBPFCommandLine
import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Foundation
import Testing

/// Whether kernel programs in Swift can be compiled here; found out by compiling one.
private let isAvailable = Task {
    guard let workspace = try? Workspace() else { return false }
    let file = workspace.path + "/probe.swift"
    let source = "import EBPFProgram\n@section(\"xdp\") @used func f(_ p: XDPContext) -> Int32 { 1 }\n"
    guard (try? source.write(toFile: file, atomically: true, encoding: .utf8)) != nil
    else { return false }
    return await Session.run("build", file, "-o", workspace.path + "/probe.o").exitCode == 0
}

/// Failed checks of programs in Swift, as `ebpf run` and `ebpf prog traps` show them.
@Suite(.enabled("a Swift toolchain that generates BPF") { await isAvailable.value })
struct FailedCheckTests {
    private static let source = """
        import EBPFProgram

        @section("xdp") @used func ports(_ p: XDPContext) -> XDPAction {
            let names: InlineArray<4, UInt8> = [1, 2, 3, 4]
            let length = UInt8(p.byteCount)
            return names[Int(length / 16)] + 252 > 4 ? .drop : .pass
        }

        """

    /// What a packet of so many bytes fails.
    private static let failures: [(length: Int, reason: String, line: Int)] = [
        (64, "index out of bounds", 6), (48, "arithmetic overflow", 6),
        (300, "not enough bits to represent the passed value", 5),
    ]

    private static func withSource(_ body: (String) async throws -> Void) async throws {
        let workspace = try Workspace()
        let file = workspace.path + "/Ports.swift"
        try source.write(toFile: file, atomically: true, encoding: .utf8)
        try await body(file)
    }

    private static func packet(_ length: Int) -> String { String(repeating: "00", count: length) }

    @Test func `a run shows what failed, and how often`() async throws {
        try await Self.withSource { file in
            for failure in Self.failures {
                let arguments = [
                    "run", file, "--packet", Self.packet(failure.length), "--repeat", "3",
                ]
                let session = await Session.run(arguments)
                let line = "  3 ×  \(failure.reason), Ports.swift:\(failure.line)"
                #expect(session.output.contains("\nfailed checks:\n\(line)"), "\(session)")
                let json = await Session.run(arguments + ["--json"]).json
                let checks = try Self.checks(json)
                #expect(checks == ["3 \(failure.reason) \(file):\(failure.line)"])
            }
        }
    }

    @Test(.liveKernel) func `a run in the kernel shows the same`() async throws {
        try await Self.withSource { file in
            for failure in Self.failures {
                let session = await Session.run(
                    "run", file, "--kernel", "--packet", Self.packet(failure.length), "--repeat",
                    "3", "--json")
                let checks = try Self.checks(session.json)
                #expect(checks == ["3 \(failure.reason) \(file):\(failure.line)"])
            }
        }
    }

    private static func checks(_ json: [String: Any]) throws -> [String] {
        try #require(json["failedChecks"] as? [[String: Any]]).map { check in
            let (count, reason) = (check["count"] as? Int, check["reason"] as? String)
            let (file, line) = (check["file"] as? String, check["line"] as? Int)
            return "\(count ?? -1) \(reason ?? "") \(file ?? ""):\(line ?? -1)"
        }
    }

    @Test(.liveKernel) func `a loaded program is asked without its object`() async throws {
        try await Self.withSource { file in
            let compiled = try await SwiftCompiler(module: .embedded).compile([file])
            let object = try KernelHost().load(try ObjectFile(compiled.bytes, name: file).specs())
            let program = try #require(object.programs["ports"])
            for length in [64, 64, 48] {
                _ = try program.run(packet: [UInt8](repeating: 0, count: length))
            }
            let session = await Session.run("prog", "traps", "id:\(program.id)")
            #expect(
                session.output == """
                    ports (\(program.id))
                      2 ×  index out of bounds, Ports.swift:6
                      1 ×  arithmetic overflow, Ports.swift:6

                    """)
            let all = await Session.run("prog", "traps", "id:\(program.id)", "--all")
            #expect(all.output.contains("0 ×  not enough bits to represent the passed value"))
            let every = await Session.run("prog", "traps")
            #expect(every.output.contains("ports (\(program.id))\n"))
            let json = await Session.run("prog", "traps", "id:\(program.id)", "--json")
            let values = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
            let map = try #require((values as? [[String: Any]])?.first)
            let checks = try Self.checks(map)
            #expect(
                checks == [
                    "1 arithmetic overflow \(file):6", "2 index out of bounds \(file):6",
                ])
        }
    }

    @Test(.liveKernel) func `a program that counts nothing says so`() async throws {
        let program = try LiveKernel.program(.xdp, "r0 = 2\nexit")
        let session = await Session.run("prog", "traps", "id:\(program.id)")
        #expect(session.exitCode == 2)
        #expect(session.errors.contains("counts no failed checks: it has none"))
    }
}
