import EBPFBytecode
import Testing

@testable import EBPFExecution

/// The fields of contexts, and classic BPF's loads.
struct PacketContextTests {
    private func run(
        _ step: String,
        _ type: ProgramType = .schedulerClassifier,
        packet: [UInt8] = SamplePacket.ipv4(),
        origin: PacketOrigin = PacketOrigin()
    ) throws -> UInt32 {
        try PacketTrial(type: type, packet: packet, steps: [step])
            .runHere(origin: origin, returning: 0).returned
    }

    static let origin = PacketOrigin(
        interface: 3,
        queue: 2,
        egressInterface: 4,
        mark: 0x1122_3344,
        priority: 6,
        timestamp: 99,
        wireLength: 1000,
        packetType: .outgoing,
        vlan: VLANTag(control: 0x2005),
        hash: 0xabcd
    )

    @Test(
        arguments: [
            (0, 94), (4, 4), (8, 0x1122_3344), (12, 2), (16, 8), (20, 1), (24, 0x2005), (28, 0x81),
            (32, 6), (36, 3), (40, 3), (44, 0), (68, 0xabcd), (152, 99), (160, 1000),
        ] as [(Int, UInt32)]
    )
    func `a socket buffer shows where the packet came from`(_ offset: Int, _ value: UInt32) throws {
        #expect(try run("r0 = *(u32 *)(r6 + \(offset))", origin: Self.origin) == value)
    }

    @Test(arguments: [(12, 3), (16, 2), (20, 4)] as [(Int, UInt32)])
    func `XDP shows interfaces and queue`(_ offset: Int, _ value: UInt32) throws {
        #expect(try run("r0 = *(u32 *)(r6 + \(offset))", .xdp, origin: Self.origin) == value)
    }

    @Test(
        arguments: [
            ("r0 = *(u8 *)(r6 + 8)", 0x44), ("r0 = *(u8 *)(r6 + 11)", 0x11),
            ("r0 = *(u16 *)(r6 + 10)", 0x1122), ("r0 = *(u8 *)(r6 + 0)", 94),
        ] as [(String, UInt32)]
    )
    func `parts of fields can be read`(_ step: String, _ value: UInt32) throws {
        #expect(try run(step, origin: Self.origin) == value)
    }

    @Test(
        arguments: [
            ([1, 2, 3, 4, 5, 6], 2), ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1),
            ([2, 0, 0, 0, 0, 1], 0),
        ] as [([UInt8], UInt32)]
    )
    func `the destination address tells whom a packet is for`(
        _ address: [UInt8],
        _ type: UInt32
    ) throws {
        let packet = address + SamplePacket.ipv4().dropFirst(6)
        #expect(try run("r0 = *(u32 *)(r6 + 4)", packet: packet) == type)
    }

    /// Offsets that programs of each type may write whole.
    static let writable: [(ProgramType, Set<Int>)] = [
        (.schedulerClassifier, [8, 12, 32, 44, 48, 52, 56, 60, 64, 72]),
        (.socketFilter, [48, 52, 56, 60, 64]),
        (.cgroupSKB, [8, 32, 48, 52, 56, 60, 64]),
        (.lwtTransmit, [8, 32, 48, 52, 56, 60, 64]),
        (.socketSKB, [32, 44]),
    ]

    @Test(arguments: writable)
    func `each type of program may write certain fields`(
        _ type: ProgramType,
        _ offsets: Set<Int>
    ) throws {
        for offset in stride(from: 0, to: 192, by: 4) {
            let trial = PacketTrial(
                type: type,
                packet: SamplePacket.ipv4(),
                steps: ["r0 = 1", "*(u32 *)(r6 + \(offset)) = 5\nr0 = 1"]
            )
            if offsets.contains(offset) {
                // The trial keeps the second step's result of control group programs at 52.
                let context = try trial.runHere().context
                #expect(offset == 52 && type == .cgroupSKB || context[offset] == 5, "\(offset)")
            } else {
                #expect(throws: ExecutionError.self, "\(offset)") { try trial.runHere() }
            }
        }
    }

    @Test(arguments: [
        "*(u8 *)(r6 + 8) = 1", "*(u64 *)(r6 + 8) = 1", "*(u64 *)(r6 + 44) = 1",
        "*(u32 *)(r6 + 152) = 1", "*(u16 *)(r6 + 47) = 1", "*(u64 *)(r6 + 64) = 1",
        "*(u32 *)(r6 + 192) = 1",
    ])
    func `fields are written whole`(_ step: String) throws {
        #expect(throws: ExecutionError.self) { try run(step + "\nr0 = 0") }
    }

    /// Loads of a byte, two, four; at an offset, or one from the network (-0x100000) or link header.
    static let legacy: [(String, UInt32)] = [
        ("r0 = *(u16 *)skb[12]", 0x0800), ("r0 = *(u8 *)skb[23]", 6),
        ("r0 = *(u32 *)skb[26]", 0x0a00_0001), ("r0 = *(u8 *)skb[-1048567]", 6),
        ("r0 = *(u16 *)skb[-2097140]", 0x0800), ("r1 = 4\nr0 = *(u16 *)skb[r1 + 8]", 0x0800),
        ("r0 = *(u8 *)skb[94]", 0), ("r0 = *(u32 *)skb[91]", 0), ("r0 = *(u8 *)skb[-5]", 0),
    ]

    @Test(arguments: legacy)
    func `classic loads are in network order and end the program past the end`(
        _ step: String,
        _ value: UInt32
    ) throws {
        #expect(try run(step, .socketFilter) == value)
    }

    @Test(.enabled(if: PacketOracle.isAvailable, "needs root and bpf(2)"), arguments: legacy)
    func `classic loads are the kernel's`(_ step: String, _ value: UInt32) throws {
        for type in [ProgramType.schedulerClassifier, .socketFilter] {
            try PacketTrial(type: type, packet: SamplePacket.ipv4(), steps: [step])
                .expectSameAsKernel()
        }
    }

    @Test
    func `a flow has one hash, another flow another, a seed makes both repeatable`() throws {
        let step = "r1 = r6\ncall bpf_get_hash_recalc"
        var other = SamplePacket.ipv4()
        other[35] ^= 1
        var sameFlow = SamplePacket.ipv4(payload: 90)
        sameFlow[22] = 3
        let hash = try run(step)
        #expect(hash != 0)
        #expect(try run(step, packet: sameFlow) == hash)
        #expect(try run(step, packet: other) != hash)
        #expect(try run(step, packet: SamplePacket.ipv6()) != hash)
        #expect(try run(step, origin: PacketOrigin(hash: 5)) == 5)
    }

    @Test
    func `what a program finds before the packet does not come from another packet`() throws {
        let host = UserSpaceHost(UserSpaceHost.Options(cpuCount: 1, seed: 1))
        let step = """
            r1 = r6
            r2 = -40
            call bpf_xdp_adjust_head
            r2 = *(u32 *)(r6 + 0)
            r0 = *(u64 *)(r2 + 0)
            """
        let trial = PacketTrial(type: .xdp, packet: SamplePacket.ipv4(), steps: [step])
        #expect(try trial.runHere(on: host, returning: 0).returned == 0)
        let writer = PacketTrial(
            type: .xdp,
            packet: SamplePacket.ipv4(),
            steps: [step + "\n*(u64 *)(r2 + 0) = -1"]
        )
        _ = try writer.runHere(on: host)
        #expect(try trial.runHere(on: host, returning: 0).returned == 0)
    }

    @Test
    func `helpers want the context that they are for`() throws {
        let wrong: [(ProgramType, String)] = [
            (.xdp, "r1 = r6\nr2 = 0\ncall bpf_skb_pull_data"),
            (.schedulerClassifier, "r1 = r6\nr2 = 0\ncall bpf_xdp_adjust_head"),
            (.schedulerClassifier, "r1 = 0\nr2 = 0\ncall bpf_skb_pull_data"),
            (.schedulerClassifier, "r1 = r6\nr2 = 0\nr3 = r10\nr4 = 4\ncall bpf_skb_load_bytes"),
            (.xdp, "r1 = r6\nr2 = 0\nr3 = r10\nr3 += -8\nr4 = 0\ncall bpf_xdp_load_bytes"),
        ]
        for (type, step) in wrong {
            #expect(throws: ExecutionError.self, "\(step)") { try run(step, type) }
        }
    }
}
