import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct XDPTests {
    /// What happens to a frame on a new interface with a program, and after it was detached.
    private static func proof(
        attach: @escaping @Sendable (KernelProgram, NetworkInterface) throws -> Link
    ) throws -> [UInt64] {
        try withNetworkNamespace {
            let counter = try TestCounter()
            let tap = try TapInterface()
            let link = try attach(try counter.program("xdp", returning: 1), tap.interface)
            try tap.send(TapInterface.frame())
            let during = try counter.count
            let attached = try NetworkInterface.find("tap0").xdp.count
            try link.detach()
            try tap.send(TapInterface.frame())
            let left = try NetworkInterface.find("tap0").xdp.count
            return [during, UInt64(attached), try counter.count, UInt64(left)]
        }
    }

    @Test(arguments: [XDPMode.generic, .native], [AttachMethod.link, .legacy])
    func `frames reach the program until it is detached`(
        _ mode: XDPMode, _ method: AttachMethod
    ) throws {
        let counts = try Self.proof { program, interface in
            try program.attachXDP(to: .index(interface.index), mode: mode, method: method)
        }
        #expect(counts == [1, 1, 1, 0])
    }

    @Test(arguments: [AttachMethod.link, .legacy])
    func `a busy interface is named with the program that holds it`(_ method: AttachMethod) throws {
        let (first, message) = try withNetworkNamespace {
            let counter = try TestCounter()
            let first = try counter.program("xdp")
            let second = try counter.program("xdp")
            let link = try first.attachXDP(to: "lo", mode: .generic, method: method)
            let message = failureMessage { try second.attachXDP(to: "lo", mode: .generic) }
            try link.detach()
            return (first.id, message)
        }
        #expect(message.contains("lo runs program \(first) in generic mode"))
    }

    @Test func `a mistyped interface is corrected`() throws {
        let message = try withNetworkNamespace {
            let program = try TestCounter().program("xdp")
            return failureMessage { try program.attachXDP(to: "lp") }
        }
        #expect(message.contains("did you mean \"lo\"?"))
        #expect(message.contains("it has lo"))
    }

    @Test func `loopback has no native mode, and the way out is said`() throws {
        let message = try withNetworkNamespace {
            let program = try TestCounter().program("xdp")
            return failureMessage { try program.attachXDP(to: "lo", mode: .native) }
        }
        #expect(message.contains("ENOTSUP: the driver of lo"))
        #expect(message.contains("use generic mode"))
    }

    @Test func `a program of another type is refused before the kernel is asked`() throws {
        let program = try TestCounter().program("socket")
        let message = failureMessage { try program.attachXDP(to: "lo") }
        #expect(message.contains("type socket_filter, and this hook runs xdp"))
    }

    @Test(arguments: [AttachMethod.link, .legacy])
    func `a program is exchanged, if the expected one is there`(_ method: AttachMethod) throws {
        let results = try withNetworkNamespace {
            let (old, new) = (try TestCounter(), try TestCounter())
            let (first, second) = (try old.program("xdp"), try new.program("xdp"))
            let tap = try TapInterface()
            let link = try first.attachXDP(to: "tap0", mode: .generic, method: method)
            let refused = failureMessage { try link.update(to: second, expecting: second) }
            try tap.send(TapInterface.frame())
            try link.update(to: second, expecting: first)
            try tap.send(TapInterface.frame())
            let runs = (try old.count, try new.count)
            try link.detach()
            let left = try NetworkInterface.find("tap0").xdp.count
            return (!refused.isEmpty, runs.0, runs.1, left)
        }
        #expect(results == (true, 1, 1, 0))
    }

    @Test func `what someone else put in the place stays`() throws {
        let (message, left) = try withNetworkNamespace {
            let counter = try TestCounter()
            let (first, second) = (try counter.program("xdp"), try counter.program("xdp"))
            let link = try first.attachXDP(to: "lo", mode: .generic, method: .legacy)
            let index = try NetworkInterface.find("lo").index
            var attributes = NetlinkAttributes()
            attributes.nest(43) { nested in
                nested.add(1, second.descriptor.number)
                nested.add(3, UInt32(2))
            }
            var socket = try NetlinkSocket()
            let request = NetlinkMessage(
                19, header: InterfaceHeader(index: index).bytes, attributes)
            try socket.perform(request, "replacing")
            let message = failureMessage(ofDetaching: link)
            let left = try NetworkInterface.find("lo").xdp
            return (message, left == [.generic: second.id])
        }
        #expect(message.contains("lo no longer runs"))
        #expect(left)
    }
}
