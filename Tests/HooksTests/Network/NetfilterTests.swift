import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct NetfilterTests {
    /// Programs of netfilter return 1 for packets that may go on, 0 for those that are dropped.
    private static let (drop, accept): (Int32, Int32) = (0, 1)

    @Test func `packets are dropped until the program is detached`() throws {
        let seen = try withNetworkNamespace {
            let counter = try TestCounter()
            let program = try counter.program("netfilter", returning: Self.drop)
            let socket = try TestSocket()
            let link = try program.attachNetfilter(
                at: NetfilterPlace(.ipv4, .localIn, priority: -5))
            try socket.send([1])
            let whileAttached = socket.receive()
            try link.detach()
            try socket.send([2])
            return (whileAttached, socket.receive(), try counter.count)
        }
        #expect(seen == (nil, [2], 1))
    }

    @Test func `a taken priority is named with who has it`() throws {
        let (message, program) = try withNetworkNamespace {
            let counter = try TestCounter()
            let first = try counter.program("netfilter", returning: Self.accept)
            let second = try counter.program("netfilter", returning: Self.accept)
            let place = NetfilterPlace(.ipv6, .forward, priority: 77)
            let link = try first.attachNetfilter(at: place)
            let message = failureMessage { try second.attachNetfilter(at: place) }
            try link.detach()
            return (message, first.id)
        }
        #expect(message.contains("netfilter ipv6 forward, priority 77"))
        #expect(message.contains("with program \(program)"))
    }

    @Test(arguments: [
        (NetfilterPlace(.ipv4, .localIn, priority: .min), "the kernel's own"),
        (NetfilterPlace(.ipv4, .localIn, priority: .max), "the kernel's own"),
        (NetfilterPlace(.ipv4, .localIn, priority: -401, defragmented: true), "behind priority"),
    ]) func `a priority that cannot be is said`(_ place: NetfilterPlace, _ reason: String) throws {
        let message = try withNetworkNamespace {
            let program = try TestCounter().program("netfilter", returning: Self.accept)
            return failureMessage { try program.attachNetfilter(at: place) }
        }
        #expect(message.contains(reason))
    }
}
