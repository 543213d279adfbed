import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct TrafficControlTests {
    @Test func `frames reach the filter until it is detached, and clsact goes with it`() throws {
        let seen = try withNetworkNamespace {
            let tap = try TapInterface()
            let counter = try TestCounter()
            let program = try counter.program("tc")
            let link = try program.attachTrafficControl(
                to: "tap0", TrafficFilterOptions(.ingress))
            try tap.send(TapInterface.frame())
            let listed = try tap.interface.trafficFilters(.ingress)
            try link.detach()
            try tap.send(TapInterface.frame())
            let left = try NetworkAttachment.all(on: "tap0").count
            return (
                try counter.count, listed.map(\.program) == [program.id],
                listed.first?.isDirectAction, left
            )
        }
        #expect(seen == (1, true, true, 0))
    }

    @Test func `priority and handle are as asked, and lower priorities run first`() throws {
        let listed = try withNetworkNamespace {
            let tap = try TapInterface()
            let counter = try TestCounter()
            let later = try counter.program("tc").attachTrafficControl(
                to: "tap0", TrafficFilterOptions(.egress, priority: 20, handle: 7))
            let earlier = try counter.program("tc").attachTrafficControl(
                to: "tap0", TrafficFilterOptions(.egress, priority: 10, handle: 9))
            let listed = try tap.interface.trafficFilters(.egress)
            try later.detach()
            try earlier.detach()
            return listed.map { [UInt32($0.priority), $0.handle] }
        }
        #expect(listed == [[10, 9], [20, 7]])
    }

    @Test func `a taken place is named with its program, and given up on request`() throws {
        let (message, runs, holder) = try withNetworkNamespace {
            let tap = try TapInterface()
            let (old, new) = (try TestCounter(), try TestCounter())
            let (first, second) = (try old.program("tc"), try new.program("tc"))
            let options = TrafficFilterOptions(.ingress, priority: 5, handle: 3)
            try tap.interface.keep(filter: first, options)
            let message = failureMessage {
                try second.attachTrafficControl(to: "tap0", options)
            }
            let link = try second.attachTrafficControl(to: "tap0", options, replace: true)
            try tap.send(TapInterface.frame())
            let runs = (try old.count, try new.count)
            try link.detach()
            return (message, [runs.0, runs.1], first.id)
        }
        #expect(message.contains("priority 5, handle 3 runs program \(holder)"))
        #expect(message.contains("replace that program"))
        #expect(runs == [0, 1])
    }

    @Test func `a filter is exchanged in its place, if the expected one is there`() throws {
        let seen = try withNetworkNamespace {
            let tap = try TapInterface()
            let (old, new) = (try TestCounter(), try TestCounter())
            let (first, second) = (try old.program("tc"), try new.program("tc"))
            let link = try first.attachTrafficControl(
                to: "tap0", TrafficFilterOptions(.ingress))
            let refused = failureMessage { try link.update(to: second, expecting: second) }
            try link.update(to: second, expecting: first)
            try tap.send(TapInterface.frame())
            let count = try tap.interface.trafficFilters(.ingress).count
            let runs = (try old.count, try new.count)
            try link.detach()
            return (refused.contains("the filter now runs program"), runs.0, runs.1, count)
        }
        #expect(seen == (true, 0, 1, 1))
    }

    @Test func `a filter that someone else removed is said`() throws {
        let message = try withNetworkNamespace {
            let tap = try TapInterface()
            let link = try TestCounter().program("tc").attachTrafficControl(
                to: "tap0", TrafficFilterOptions(.ingress))
            for filter in try tap.interface.trafficFilters(.ingress) {
                try tap.interface.remove(filter)
            }
            return failureMessage(ofDetaching: link)
        }
        #expect(message.contains("someone else has removed the filter"))
    }

    @Test func `a parent that does not exist is said`() throws {
        let message = try withNetworkNamespace {
            let program = try TestCounter().program("tc")
            return failureMessage {
                try program.attachTrafficControl(
                    to: "lo", TrafficFilterOptions(.parent(0x10010)))
            }
        }
        #expect(message.contains("1:10"))
        #expect(message.contains("tc qdisc add"))
    }
}
