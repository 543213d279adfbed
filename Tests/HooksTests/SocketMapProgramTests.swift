import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct SocketMapProgramTests {
    @Test(arguments: [AttachMethod.automatic, .legacy])
    func `a program belongs to a map of sockets until it is detached`(
        _ method: AttachMethod
    ) throws {
        let map = try LiveKernel.map(.socketMap, key: 4, value: 4, entries: 1)
        let rows: [(String, AttachType)] = [
            ("sk_skb/stream_parser", .socketSKBStreamParser), ("sk_skb/verdict", .socketSKBVerdict),
            ("sk_msg", .socketMessageVerdict),
        ]
        for (section, hook) in rows {
            let program = try TestCounter().program(section, returning: 1)
            let link = try program.attach(toSocketsOf: map, method: method)
            #expect(try map.socketPrograms(at: hook)?.entries.map(\.program) == [program.id])
            try link.detach()
            #expect(try map.socketPrograms(at: hook)?.entries == [])
        }
    }

    @Test func `verdicts that exclude each other, and other maps, are refused`() throws {
        let map = try LiveKernel.map(.socketMap, key: 4, value: 4, entries: 1)
        let verdict = try TestCounter().program("sk_skb/verdict", returning: 1)
        let link = try verdict.attach(toSocketsOf: map)
        let stream = try TestCounter().program("sk_skb/stream_verdict", returning: 1)
        #expect(
            errorText { try stream.attach(toSocketsOf: map) }
                .contains("attached as sk_skb_verdict, which excludes this"))
        try link.detach()
        let array = try LiveKernel.map(.array, key: 4, value: 4, entries: 1)
        #expect(
            errorText { try stream.attach(toSocketsOf: array) }
                .contains("a map of the type array, which holds no sockets"))
        #expect(
            errorText { try stream.attach(toSocketsOf: map, as: .xdp) }
                .contains("name one of sk_skb_stream_parser"))
    }
}
