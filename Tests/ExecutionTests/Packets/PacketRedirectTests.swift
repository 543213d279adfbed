import EBPFBytecode
import EBPFMaps
import EBPFObjectFile
import Testing

@testable import EBPFExecution

/// What redirect helpers return and record, and which packets leave.
struct PacketRedirectTests {
    /// A program that redirects through a devmap whose entry 1 is interface 7, entry 2 interface 3.
    private func devices(key: Int, flags: Int, type: MapType = .deviceMap) throws -> PacketResult {
        let map = MapSpec(name: "ports", type: type, keySize: 4, valueSize: 4, maxEntries: 4)
        let program = try TestProgram(
            "r1 = ports ll\nr2 = \(key)\nr3 = \(flags)\ncall bpf_redirect_map\nexit",
            type: .xdp,
            maps: [map]
        )
        try program.map("ports").update([1, 0, 0, 0], [7, 0, 0, 0])
        try program.map("ports").update([2, 0, 0, 0], [3, 0, 0, 0])
        return try program.program.run(
            packet: SamplePacket.ipv4(),
            origin: PacketOrigin(interface: 3)
        )
    }

    @Test(
        arguments: [
            (1, 0, 4, [7]), (0, 2, 2, []), (9, 1, 1, []), (1, 2, 4, [7]), (1, 4, 0, []),
            (0, 8, 4, [7, 3]),
            (0, 8 | 16, 4, [7]), (0, 0, 0, []),
        ] as [(Int, Int, UInt32, [UInt32])]
    )
    func `a device map gives interfaces, or the action in the flags`(
        _ key: Int,
        _ flags: Int,
        _ returned: UInt32,
        _ interfaces: [UInt32]
    ) throws {
        let result = try devices(key: key, flags: flags)
        #expect(result.returned == returned)
        let expected = interfaces.map { index in
            Redirect.map(
                MapRedirect(
                    map: "ports",
                    type: .deviceMap,
                    key: UInt32(key),
                    destinations: [.interface(index)]
                )
            )
        }
        #expect(result.departures.map(\.destination) == expected)
        #expect(result.departures.allSatisfy { $0.packet == SamplePacket.ipv4() })
    }

    @Test
    func `only device maps broadcast`() throws {
        let map = MapSpec(
            name: "cpus",
            type: .cpuMap,
            keySize: 4,
            valueSize: 4,
            maxEntries: 2
        )
        for (flags, returned) in [(0, 4), (8, 0), (3, 4)] as [(Int, UInt32)] {
            let program = try TestProgram(
                "r1 = cpus ll\nr2 = 1\nr3 = \(flags)\ncall bpf_redirect_map\nexit",
                type: .xdp,
                maps: [map]
            )
            try program.map("cpus").update([1, 0, 0, 0], [64, 0, 0, 0])
            let result = try program.program.run(packet: SamplePacket.ipv4())
            #expect(result.returned == returned)
            #expect(
                result.redirect.map { "\($0)" } == (returned == 4 ? "map cpus, key 1: CPU 1" : nil)
            )
        }
    }

    @Test
    func `XDP_TX sends the packet back as the program left it`() throws {
        let trial = PacketTrial(
            type: .xdp,
            packet: SamplePacket.ipv4(),
            steps: ["r1 = r6\nr2 = -14\ncall bpf_xdp_adjust_tail\nr0 = 3"]
        )
        let result = try trial.runHere(origin: PacketOrigin(interface: 5))
        #expect(
            result.departures == [
                Departure(
                    destination: .interface(5, isIngress: false),
                    packet: SamplePacket.ipv4().dropLast(14)
                )
            ]
        )
    }

    @Test(
        arguments: [
            (
                .schedulerClassifier, "r1 = 9\nr2 = 0\ncall bpf_redirect",
                .interface(9, isIngress: false)
            ),
            (
                .schedulerClassifier, "r1 = 9\nr2 = 1\ncall bpf_redirect",
                .interface(9, isIngress: true)
            ),
            (
                .schedulerClassifier, "r1 = 9\nr2 = 0\nr3 = 0\nr4 = 0\ncall bpf_redirect_neigh",
                .neighbour(9)
            ),
            (.schedulerAction, "r1 = 9\nr2 = 0\ncall bpf_redirect_peer", .peer(9)),
            (.schedulerClassifier, "r1 = 9\nr2 = 2\ncall bpf_redirect", nil),
            (.schedulerClassifier, "r1 = 9\nr2 = 0\ncall bpf_redirect\nr0 = 0", nil),
            (.xdp, "r1 = 9\nr2 = 0\ncall bpf_redirect", .interface(9, isIngress: false)),
            (.xdp, "r1 = 9\nr2 = 1\ncall bpf_redirect", nil),
        ] as [(ProgramType, String, Redirect?)]
    )
    func `packets leave when the verdict says so`(
        _ type: ProgramType,
        _ step: String,
        _ destination: Redirect?
    ) throws {
        let trial = PacketTrial(type: type, packet: SamplePacket.arp(), steps: [step])
        #expect(
            try trial.runHere().departures.map(\.destination) == [destination].compactMap { $0 }
        )
    }

    @Test
    func `a clone is the packet at the time, and the packet goes on`() throws {
        let trial = PacketTrial(
            type: .schedulerClassifier,
            packet: SamplePacket.arp(),
            steps: [
                """
                r1 = r6
                r2 = 4
                r3 = 1
                call bpf_clone_redirect
                r1 = r6
                r2 = 14
                r3 = 0
                call bpf_skb_change_tail
                """
            ]
        )
        let result = try trial.runHere()
        #expect(result.packet.count == 14)
        #expect(
            result.departures == [
                Departure(
                    destination: .interface(4, isIngress: true),
                    packet: SamplePacket.arp()
                )
            ]
        )
    }
}
