import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct NetworkNamespaceTests {
    @Test func `socket look-up belongs to a namespace until it is detached`() throws {
        try withNetworkNamespace {
            let counter = try TestCounter()
            let program = try counter.program("sk_lookup", returning: 1)
            let link = try program.attachSocketLookup()
            let listed = try NetworkNamespace.current.programs(at: .socketLookup)
            #expect(listed?.entries.map(\.program) == [program.id])
            let receiver = try LoopbackSocket(port: 7778)
            try LoopbackSocket(port: 0).send([1], toPort: 7778)
            #expect(try receiver.receive() == [1])
            #expect(try counter.count == 1)
            try link.detach()
            #expect(try NetworkNamespace.current.programs(at: .socketLookup)?.entries == [])
        }
    }

    @Test(arguments: [AttachMethod.automatic, .link, .legacy])
    func `a namespace has one flow dissector`(_ method: AttachMethod) throws {
        try withNetworkNamespace {
            let program = try TestCounter().program("flow_dissector")
            let link = try program.attachFlowDissector(method: method)
            let listed = try NetworkNamespace.current.programs(at: .flowDissector)
            #expect(listed?.entries.map(\.program) == [program.id])
            let other = try TestCounter().program("flow_dissector")
            let message = errorText { try other.attachFlowDissector(method: .link) }
            #expect(message.contains("has a flow dissector already"))
            try link.detach()
            #expect(try NetworkNamespace.current.programs(at: .flowDissector)?.entries == [])
        }
    }

    @Test func `what is no namespace is refused with the reason`() throws {
        let program = try TestCounter().program("flow_dissector")
        #expect(
            errorText { try program.attachFlowDissector(to: .named("no such one")) }
                .contains("there is no such namespace; make it: ip netns add"))
        #expect(
            errorText { try program.attachFlowDissector(to: .path("/dev/null")) }
                .contains("/dev/null may not be a network namespace"))
        #expect(
            errorText { try program.attachFlowDissector(to: .process(1), method: .legacy) }
                .contains("only the calling thread's own namespace"))
        #expect(
            errorText { try program.attachSocketLookup() }.contains("this hook runs sk_lookup"))
    }
}
