import Testing

@testable import EBPFCompilation

/// Who asks a type for something that it has not is told what it has.
@Suite struct KnownMembersTests {
    /// Messages of the compiler, and what is added.
    private static let messages: [(message: String, note: String?)] = [
        (
            "value of type 'TCP' has no member 'isSYN'",
            "TCP has acknowledgment, checksum, destination, flags, headerLength, sequence, source, "
                + "urgent, window"
        ),
        (
            "type 'TrafficControlAction' has no member 'ok'",
            "TrafficControlAction has drop, next, pass, pipe, reclassify, redirect, stolen"
        ),
        (
            "value of type 'HashMap<UInt32, UInt64>' has no member 'insert'",
            "HashMap has address, forEach(), key(), lookup(), remove(), update(), value()"
        ),
        (
            "value of type 'TracepointContext<Exit>' has no member 'record'",
            "TracepointContext has address(), fields, pointer"
        ),
        ("value of type 'Mine' has no member 'other'", nil),
        ("cannot find 'tcp' in scope", nil),
    ]

    @Test(arguments: messages.indices)
    func `a type tells what it has`(_ number: Int) throws {
        let row = Self.messages[number]
        #expect(KnownMembers(try KernelSwift.module.files).note(row.message) == row.note)
    }

    @Test(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
    func `notes are part of what a build says`() async throws {
        let source = """
            let counts = ArrayMap<UInt64>(maxEntries: 1)
            @section("xdp") @used func f(_ p: XDPContext) -> XDPAction {
                counts[0] += 1
                return .accept
            }

            """
        let error = await #expect(throws: CompilationError.self) {
            try await KernelSwift.bytes(source)
        }
        guard case .rejected(_, let output) = try #require(error) else {
            Issue.record("it is refused otherwise")
            return
        }
        let notes = output.split(separator: "\n").filter { $0.hasPrefix("note: ") }
        #expect(
            notes == [
                "note: there may be no such entry: guard let count = counts[key], or "
                    + "counts[key, default: 0] += 1, which puts one there",
                "note: XDPAction has aborted, drop, pass, redirect, transmit",
            ])
    }
}
