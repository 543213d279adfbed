import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct SocketFilterTests {
    /// Lets three bytes of every packet through.
    private static let classic = ClassicProgram([.init(code: 6, operand: 3)])

    @Test func `a filter cuts what a socket receives until it is detached`() throws {
        let pair = try SocketPair()
        let program = try TestCounter().program("socket", returning: 3)
        #expect(try pair.received([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5])
        let link = try program.attach(toSocket: pair.second)
        #expect(try pair.received([1, 2, 3, 4, 5]) == [1, 2, 3])
        try link.detach()
        #expect(try pair.received([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5])
    }

    @Test func `a classic filter does the same`() throws {
        let pair = try SocketPair()
        let link = try Self.classic.attach(toSocket: pair.second)
        #expect(try pair.received([1, 2, 3, 4, 5]) == [1, 2, 3])
        try link.detach()
        #expect(try pair.received([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5])
    }

    @Test func `a locked filter stays`() throws {
        let pair = try SocketPair()
        try Self.classic.attach(toSocket: pair.second).lock(filterOf: pair.second)
        #expect(try pair.received([1, 2, 3, 4, 5]) == [1, 2, 3])
        let message = errorText { try Self.classic.attach(toSocket: pair.second) }
        #expect(message.contains("EPERM: the socket's filter may be locked"))
    }

    @Test func `a program chooses among the sockets of a port`() throws {
        try withNetworkNamespace {
            let first = try LoopbackSocket(port: 7777)
            let second = try LoopbackSocket(port: 7777)
            let program = try TestCounter().program("socket", returning: 1)
            let link = try program.attach(toReusePortGroupOf: first.number)
            try LoopbackSocket(port: 0).send([1, 2], toPort: 7777)
            #expect(try second.receive() == [1, 2])
            try link.detach()
            let other = try ClassicProgram([.init(code: 6, operand: 0)])
                .attach(toReusePortGroupOf: second.number)
            try LoopbackSocket(port: 0).send([3], toPort: 7777)
            #expect(try first.receive() == [3])
            try other.detach()
        }
    }

    @Test func `what cannot have a filter is refused with the reason`() throws {
        let pair = try SocketPair()
        let program = try TestCounter().program("socket", returning: 3)
        let file = try SystemCalls.linux.open("/dev/null")
        let refusals = [
            errorText { try program.attach(toSocket: file.number) },
            errorText { try program.attach(toReusePortGroupOf: pair.first) },
            errorText { try ClassicProgram([]).attach(toSocket: pair.first) },
            errorText {
                try ClassicProgram([.init(code: 5, operand: 9)]).attach(toSocket: pair.first)
            },
            errorText {
                try ClassicProgram(Array(repeating: .init(code: 6, operand: 0), count: 4097))
                    .attach(toSocket: pair.first)
            },
            errorText { try TestCounter().program("xdp").attach(toSocket: pair.first) },
            errorText {
                try program.attach(toSocket: pair.first).persist(at: "/sys/fs/bpf/never")
            },
        ]
        let reasons = [
            "not an open socket", "does not share its port", "refuses the program",
            "refuses the program", "has 4097 instructions", "runs socket_filter",
            "lives as long as its socket",
        ]
        for (refusal, reason) in zip(refusals, reasons) {
            #expect(refusal.contains(reason))
        }
    }
}
