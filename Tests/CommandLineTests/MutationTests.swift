@testable import EBPFCommandLine
import Foundation
import Testing

/// Damaged objects and captures through the whole command: an exit code, never a crash.
@Suite(.enabled(if: hasClang, "no clang that generates eBPF"))
struct MutationTests {
    /// Numbers that look random and are the same every time (SplitMix64).
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return mixed ^ mixed >> 31
        }
    }

    private static func mutate(_ bytes: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &numbers) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &numbers)
            bytes[place] =
                [0, 0xff, 0x7f, 0x80, .random(in: 0...255, using: &numbers)]
                .randomElement(using: &numbers) ?? 0
        }
        return bytes
    }

    @Test(arguments: 0..<8)
    func `mutated objects are run or refused`(_ seed: UInt64) async throws {
        let workspace = try Workspace()
        let original = try await Compiled.kinds.value
        var numbers = Numbers(state: seed)
        for _ in 0..<12 {
            let object = try workspace.file("mutated.o", Self.mutate(original, &numbers))
            for arguments in [
                ["inspect", object, "--disassemble"],
                [
                    "run", object, "--packet", frame, "--budget", "20000", "--limit", "16",
                    "--no-verify",
                ],
            ] {
                let session = await Session.run(arguments)
                #expect([0, 1, 2].contains(session.exitCode))
                if session.exitCode == 2 { #expect(session.complaints.count == 1) }
            }
            let verified = await Session.run(
                "run", object, "--packet", frame, "--budget", "20000", "--limit", "16")
            #expect([0, 1, 2].contains(verified.exitCode))
        }
    }

    @Test func `truncated objects are refused in one line`() async throws {
        let workspace = try Workspace()
        let original = try await Compiled.kinds.value
        for length in stride(from: 1, to: original.count, by: original.count / 40) {
            let object = try workspace.file("truncated.o", Array(original[..<length]))
            let session = await Session.run("inspect", object)
            #expect(session.exitCode == 2, "\(length) bytes")
            #expect(session.complaints.count == 1)
        }
    }

    @Test(arguments: ["microseconds.pcap", "extensible.pcapng"])
    func `mutated captures are read or refused`(_ name: String) async throws {
        let workspace = try Workspace()
        let object = try workspace.file("kinds.bpf.o", await Compiled.kinds.value)
        let path = URL(filePath: "\(examples)/Captures/Formats/\(name)")
        let original = Array(try Data(contentsOf: path))
        var numbers = Numbers(state: 1)
        for round in 0..<24 {
            var bytes = Self.mutate(original, &numbers)
            if round % 3 == 0 { bytes.removeLast(bytes.count / (round + 2)) }
            let capture = try workspace.file("capture", bytes)
            let session = await Session.run("run", object, "--pcap", capture, "--limit", "1")
            #expect([0, 1, 2].contains(session.exitCode), "\(session.errors)")
        }
    }
}
