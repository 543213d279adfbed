import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct RouteTests {
    @Test(arguments: ["lwt_out", "lwt_xmit"])
    func `packets on the route pass the program until it is detached`(_ section: String) throws {
        let seen = try withNetworkNamespace {
            let cable = try TestNetwork.makeCable()
            try TestNetwork.add(address: [10, 9, 0, 1], to: cable.left.index)
            let counter = try TestCounter()
            let program = try counter.program(section)
            let route = try #require(TunnelRoute("10.9.9.0/24", interface: "left"))
            let link = try program.attach(to: route)
            let listed = try NetworkAttachment.all(on: "left").map { "\($0.place)" }
            let socket = try TestSocket()
            try? socket.send([1], to: [10, 9, 9, 9], port: 9)
            let during = try counter.count
            try link.detach()
            try? socket.send([1], to: [10, 9, 9, 9], port: 9)
            let left = try RouteProgram.all().count
            return (during, try counter.count, listed.count, left)
        }
        #expect(seen == (1, 1, 1, 0))
    }

    @Test func `a route that exists is said`() throws {
        let message = try withNetworkNamespace {
            let program = try TestCounter().program("lwt_out")
            let route = try #require(TunnelRoute("10.9.9.0/24", interface: "lo"))
            let link = try program.attach(to: route)
            let message = failureMessage { try program.attach(to: route) }
            try link.detach()
            return message
        }
        #expect(message.contains("there is a route to 10.9.9.0 already"))
    }

    @Test func `one route has a program for each place, but not two for one`() throws {
        let (places, message) = try withNetworkNamespace {
            let counter = try TestCounter()
            let (input, output) = (try counter.program("lwt_in"), try counter.program("lwt_out"))
            let route = try #require(TunnelRoute("10.9.9.9", interface: "lo"))
            let link = try input.attach(to: route, with: [output])
            let places = try RouteProgram.all().map(\.place)
            try link.detach()
            let message = failureMessage { try input.attach(to: route, with: [input]) }
            return (places, message)
        }
        #expect(places == [.input, .output])
        #expect(message.contains("two programs are for the same place"))
    }

    @Test(arguments: [
        ("10.9.0.0/16", "10.9.0.0/16 by lo"), ("10.9.0.1", "10.9.0.1/32 by lo"),
        ("2001:db8::/32", "2001:db8::/32 by lo"), ("10.9.0.0/33", nil), ("10.9", nil),
        ("10.9.0.0/16/2", nil), ("", nil),
    ]) func `routes are written as address and length`(_ text: String, _ expected: String?) {
        #expect(TunnelRoute(text, interface: "lo")?.description == expected)
    }
}
