import EBPFBytecode
import EBPFMaps
import EBPFObjectFile
import Testing

@testable import EBPFExecution

/// Kernel functions about packets, dynptrs over packets, and packets in events.
struct PacketFunctionTests {
    private func run(
        _ text: String,
        _ type: ProgramType,
        _ functions: [String],
        origin: PacketOrigin = PacketOrigin()
    ) throws -> PacketResult {
        try TestProgram("r6 = r1\n" + text + "\nexit", type: type, kernelFunctions: functions)
            .program.run(packet: SamplePacket.ipv4(), origin: origin)
    }

    private static let origin = PacketOrigin(
        timestamp: 0x1_0000_0007,
        vlan: VLANTag(type: 0x88a8, control: 0x123),
        hash: 77
    )

    @Test(
        arguments: [
            ("rx_timestamp", "r0 = *(u64 *)(r10 - 8)", 7),
            ("rx_hash", "r0 = *(u32 *)(r10 - 8)", 77),
            (
                "rx_vlan_tag", "r0 = *(u16 *)(r10 - 8)\nr1 = *(u16 *)(r10 - 16)\nr0 += r1",
                0xa988 + 0x23
            ),
        ] as [(String, String, UInt32)]
    )
    func `XDP sees what the interface knew, or EOPNOTSUPP`(
        _ name: String,
        _ result: String,
        _ value: UInt32
    ) throws {
        let call = """
            r1 = r6
            r2 = r10
            r2 += -8
            r3 = r10
            r3 += -16
            call bpf_xdp_metadata_\(name)
            """
        let function = ["bpf_xdp_metadata_" + name]
        let known = try run(call + "\n" + result, .xdp, function, origin: Self.origin)
        #expect(known.returned == value)
        #expect(try run(call, .xdp, function, origin: Self.origin).returned == 0)
        #expect(try run(call, .xdp, function).returned == UInt32(bitPattern: -95))
    }

    /// Makes a dynptr at r10 - 16, then runs the rest.
    private func dynptr(_ type: ProgramType, _ rest: String) throws -> PacketResult {
        let source = type == .xdp ? "xdp" : "skb"
        let text = """
            r1 = r6
            r2 = 0
            r3 = r10
            r3 += -16
            call bpf_dynptr_from_\(source)
            \(rest)
            """
        return try run(
            text,
            type,
            [
                "bpf_dynptr_from_\(source)", "bpf_dynptr_slice", "bpf_dynptr_slice_rdwr",
                "bpf_dynptr_size",
            ]
        )
    }

    private static let write = """
        *(u32 *)(r10 - 20) = 0x01020304
        r1 = r10
        r1 += -16
        r2 = 12
        r3 = r10
        r3 += -20
        r4 = 4
        r5 = 0
        call bpf_dynptr_write
        """

    @Test(
        arguments: [
            (.xdp, 94, 0), (.schedulerClassifier, 94, 0), (.lwtTransmit, 80, 0),
            (.socketFilter, 94, -22),
            (.cgroupSKB, 80, -22), (.lwtIn, 80, -22),
        ] as [(ProgramType, UInt32, Int32)]
    )
    func `a dynptr shows the packet, and some programs may write through it`(
        _ type: ProgramType,
        _ size: UInt32,
        _ written: Int32
    ) throws {
        let counted = try dynptr(type, "r1 = r10\nr1 += -16\ncall bpf_dynptr_size")
        #expect(counted.returned == size)
        let result = try dynptr(type, Self.write)
        #expect(Int32(bitPattern: result.returned) == written)
        #expect((Array(result.packet[12..<16]) == [4, 3, 2, 1]) == (written == 0))
    }

    @Test(
        arguments: [
            ("slice", 12, 0x0008), ("slice_rdwr", 12, 0x0008), ("slice", 93, 0),
            ("slice", 92, 0xe5de),
        ] as [(String, Int, UInt32)]
    )
    func `a slice is a pointer into the packet, or null past its end`(
        _ name: String,
        _ offset: Int,
        _ value: UInt32
    ) throws {
        let text = """
            r1 = r10
            r1 += -16
            r2 = \(offset)
            r3 = r10
            r3 += -24
            r4 = 2
            call bpf_dynptr_\(name)
            if r0 == 0 goto missing
            r0 = *(u16 *)(r0 + 0)
            missing:
            """
        var expected = value
        if offset == 92 {
            let packet = SamplePacket.ipv4()
            expected = UInt32(packet[92]) | UInt32(packet[93]) << 8
        }
        #expect(try dynptr(.xdp, text).returned == expected)
        #expect(try dynptr(.schedulerClassifier, text).returned == expected)
    }

    @Test
    func `programs that may only look at packets cannot write through data`() throws {
        let text = "r2 = *(u32 *)(r1 + 76)\n*(u8 *)(r2 + 0) = 1\nr0 = 1"
        for type in [ProgramType.cgroupSKB, .lwtIn, .lwtOut] {
            #expect(throws: ExecutionError.self) { try run(text, type, []) }
        }
        for type in [ProgramType.schedulerClassifier, .lwtTransmit, .socketSKB] {
            #expect(try run(text, type, []).packet.first == 1)
        }
    }

    @Test(arguments: ["bpf_xdp_ct_lookup", "bpf_xdp_get_xfrm_state"])
    func `there are no connections and no IPsec states`(_ name: String) throws {
        let arguments =
            name.contains("ct")
            ? "r2 = r10\nr2 += -64\nr3 = 12\nr4 = r10\nr4 += -12\nr5 = 12"
            : "r2 = r10\nr2 += -12\nr3 = 12"
        let text = "r1 = r6\n\(arguments)\ncall \(name)\nr1 = *(u32 *)(r10 - 12)\nr0 += r1"
        #expect(try run(text, .xdp, [name]).returned == UInt32(bitPattern: -2))
    }

    @Test(
        arguments: [
            (0, 0, [7, 0, 0, 0]), (6, 0, [7, 0, 0, 0, 0, 0, 0, 0, 0, 0]), (95, -14, []),
            (1 << 20, -22, []),
        ] as [(Int, Int32, [UInt8])]
    )
    func `an event takes the beginning of the packet along`(
        _ length: Int,
        _ returned: Int32,
        _ event: [UInt8]
    ) throws {
        let map = MapSpec(
            name: "events",
            type: .perfEventArray,
            keySize: 4,
            valueSize: 4,
            maxEntries: 2
        )
        for type in [ProgramType.xdp, .schedulerClassifier, .socketFilter] {
            let program = try TestProgram(
                """
                *(u32 *)(r10 - 4) = 7
                r2 = events ll
                r3 = \(length)
                r3 <<= 32
                r4 = 0xffffffff ll
                r3 |= r4
                r4 = r10
                r4 += -4
                r5 = 4
                call bpf_perf_event_output
                exit
                """,
                type: type,
                maps: [map]
            )
            guard let events = try program.map("events") as? PerfEventArray else {
                Issue.record("no perf event array")
                return
            }
            let buffers = try events.open()
            let result = try program.program.run(packet: SamplePacket.ipv4())
            #expect(Int32(bitPattern: result.returned) == returned)
            var found: [[UInt8]] = []
            for buffer in buffers {
                unsafe buffer.drain { found.append(unsafe Array($0.prefix(4 + length))) }
            }
            #expect(found == (event.isEmpty ? [] : [event]))
        }
    }
}
