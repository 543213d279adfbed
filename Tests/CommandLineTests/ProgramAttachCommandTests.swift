import EBPFBytecode
@testable import EBPFCommandLine
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

/// `ebpf prog attach` and `ebpf prog detach`.
@Suite(.liveKernel) struct ProgramAttachCommandTests {
    @Test(arguments: [
        ("sk_skb/stream_parser", AttachType.socketSKBStreamParser),
        ("sk_skb/stream_verdict", .socketSKBStreamVerdict), ("sk_skb/verdict", .socketSKBVerdict),
        ("sk_msg", .socketMessageVerdict),
    ])
    func `a program stays at the sockets of a map`(
        _ section: String, _ hook: AttachType
    ) async throws {
        let map = try LiveKernel.map(.socketMap, key: 4, value: 4, entries: 1)
        let program = try TestCounter().program(section, returning: 1)
        let place = ["\(program.id)", hook.name, "\(map.shape.id)"]
        let attached = await Session.run(["prog", "attach"] + place)
        #expect(attached.errors == "")
        #expect(try map.socketPrograms(at: hook)?.entries.map(\.program) == [program.id])
        let detached = await Session.run(["prog", "detach"] + place)
        #expect(detached.errors == "")
        #expect(try map.socketPrograms(at: hook)?.entries == [])
        let again = await Session.run(["prog", "detach"] + place)
        #expect(again.errors.contains("the program is not attached there"))
        #expect(again.exitCode == 2)
    }

    @Test(.pinning) func `other hooks hold it by a link, which is kept and severed`()
        async throws
    {
        let map = try LiveKernel.map(.socketMap, key: 4, value: 4, entries: 1)
        let program = try TestCounter().program("sk_msg", returning: 1)
        let id = "\(program.id)"
        try await LiveKernel.withPinDirectory { directory in
            let kept = await Session.run(
                "prog", "attach", id, "sk_msg_verdict", "\(map.shape.id)", "--pin",
                "\(directory)/link")
            #expect(kept.errors == "")
            let link = try OpenLink(pinnedAt: "\(directory)/link")
            #expect(link.info.program == program.id)
            let severed = await Session.run("prog", "detach", id)
            #expect(severed.errors == "")
            #expect(try map.socketPrograms(at: .socketMessageVerdict)?.entries == [])
        }
    }

    @Test func `what is missing is said`() async throws {
        let program = try TestCounter().program("sk_msg", returning: 1)
        let id = "\(program.id)"
        let rows: [([String], String)] = [
            (["attach", id, "sk_msg_verdict"], "sk_msg_verdict needs a map of sockets"),
            (
                ["attach", id, "xdp:lo"],
                "a link holds programs at xdp:lo, and ends with this command: say with --pin"
            ),
            (["attach", id, "sk_mgs_verdict"], "there is no hook sk_mgs_verdict"),
            (
                ["detach", id],
                "no link holds program test; if it is attached without, name the hook"
            ),
            (["detach", id, "xdp:lo"], "leave it out to sever all links of program test"),
        ]
        for (arguments, message) in rows {
            let session = await Session.run(["prog"] + arguments)
            #expect(session.errors.contains(message), "\(arguments)")
            #expect(session.exitCode == 2)
        }
    }
}
