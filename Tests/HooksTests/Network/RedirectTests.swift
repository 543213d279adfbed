import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Testing

@Suite(.liveKernel) struct RedirectTests {
    @Test func `redirected frames pass the program of a device map's entry`() throws {
        let seen = try withNetworkNamespace {
            let cable = try TestNetwork.makeCable()
            let tap = try TapInterface()
            let counter = try TestCounter()
            let last = try counter.program("xdp/devmap", returning: 2)
            let map = try LiveKernel.map(.deviceMap, key: 4, value: 8, entries: 2)
            try map.redirect(1, to: "left", program: last)
            let target = try map.redirectTarget(1)
            let first = try LiveKernel.program(
                .xdp,
                """
                r1 = map[fd:\(map.descriptor.number)] ll
                r2 = 1
                r3 = 0
                call 51
                exit
                """)
            // A veth device takes redirected frames only while its peer runs a program.
            let peer = try TestCounter().program("xdp", returning: 2).attachXDP(to: "right")
            let link = try first.attachXDP(to: "tap0", mode: .generic)
            try tap.send(TapInterface.frame())
            try link.detach()
            try peer.detach()
            let isAsSet = target == RedirectTarget(number: cable.left.index, program: last.id)
            return (isAsSet, try map.redirectTarget(0) == nil)
        }
        #expect(seen == (true, true))
    }

    @Test func `a program for another place is refused`() throws {
        let message = try withNetworkNamespace {
            let map = try LiveKernel.map(.cpuMap, key: 4, value: 8, entries: 1)
            let program = try TestCounter().program("xdp")
            return failureMessage { try map.redirect(toCPU: 0, queue: 64, program: program) }
        }
        #expect(message.contains("loaded for"))
    }

    @Test func `a CPU map's entry has a queue and a program`() throws {
        let map = try LiveKernel.map(.cpuMap, key: 4, value: 8, entries: 1)
        let program = try TestCounter().program("xdp/cpumap", returning: 2)
        try map.redirect(toCPU: 0, queue: 64, program: program)
        let target = try map.redirectTarget(0)
        #expect(target == RedirectTarget(number: 64, program: program.id))
    }

    @Test func `an array is not redirected by`() throws {
        let map = try LiveKernel.map(.array, key: 4, value: 8, entries: 1)
        let message = failureMessage { try map.redirect(toCPU: 0, queue: 64) }
        #expect(message.contains("it is of the type array, not a CPU map"))
    }
}
