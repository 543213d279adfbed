import EBPFBytecode
import Testing

@testable import EBPFExecution

/// XDP helpers against the kernel, and what they do in a table.
struct PacketXDPTests {
    /// Limits of the three adjustments for a packet of 94 bytes.
    static let limits: [(helper: String, delta: Int, result: Int)] = [
        ("head", -216, 0), ("head", -217, -22), ("head", 80, 0), ("head", 81, -22),
        ("meta", -216, 0), ("meta", -218, -22), ("meta", -4, 0), ("meta", -3, -13),
        ("meta", 0, 0), ("meta", 4, -22),
        ("tail", 3776 - 256 - 94, 0), ("tail", 3776 - 256 - 93, -22), ("tail", -80, 0),
        ("tail", -81, -22), ("tail", Int(Int32.min), -22), ("head", Int(Int32.max), -22),
    ]

    @Test(arguments: limits)
    func `beginning, metadata and end move within the frame`(
        _ row: (helper: String, delta: Int, result: Int)
    ) throws {
        let trial = PacketTrial(
            type: .xdp,
            packet: SamplePacket.ipv4(),
            steps: ["r1 = r6\nr2 = \(row.delta)\ncall bpf_xdp_adjust_\(row.helper)"]
        )
        let result = try trial.runHere(returning: 0)
        #expect(Int32(bitPattern: result.returned) == Int32(row.result))
    }

    static func steps(_ choices: inout PacketChoices) -> String {
        switch choices.below(6) {
        case 0:
            let delta = choices.number([0, 4, 14, 80, -216, -252], below: 100)
            return "r1 = r6\nr2 = \(delta)\ncall bpf_xdp_adjust_head"
        case 1:
            let delta = choices.number([0, -4, -8, -216, -252, 4], below: 8)
            return "r1 = r6\nr2 = \(delta)\ncall bpf_xdp_adjust_meta"
        case 2:
            let delta = choices.number([0, 4, -80, -60, 3426], below: 200)
            return "r1 = r6\nr2 = \(delta)\ncall bpf_xdp_adjust_tail"
        case 3: return "r1 = r6\ncall bpf_xdp_get_buff_len"
        case 4:
            let offset = choices.number([0, 14, 86, 94, 0xffff, 0x7fff_ffff], below: 100)
            return """
                *(u64 *)(r10 - 16) = 0
                *(u64 *)(r10 - 8) = 0
                r1 = r6
                r2 = \(offset)
                r3 = r10
                r3 += -16
                r4 = \(1 + choices.below(16))
                call bpf_xdp_load_bytes
                r1 = *(u64 *)(r10 - 16)
                r2 = *(u64 *)(r10 - 8)
                r0 += r1
                r2 *= 7
                r0 += r2
                """
        default:
            let offset = choices.number([0, 14, 86, 94, 0xffff, 0x7fff_ffff], below: 100)
            return """
                *(u64 *)(r10 - 8) = \(choices.below(1 << 30))
                r1 = r6
                r2 = \(offset)
                r3 = r10
                r3 += -8
                r4 = \(1 + choices.below(8))
                call bpf_xdp_store_bytes
                """
        }
    }

    @Test(.enabled(if: PacketOracle.isAvailable, "needs root and bpf(2)"), arguments: 0..<8)
    func `XDP helpers do what the kernel's do`(_ seed: Int) throws {
        var choices = PacketChoices(UInt64(seed))
        for _ in 0..<60 {
            let trial = PacketTrial(
                type: .xdp,
                packet: choices.pick([SamplePacket.ipv4(), SamplePacket.ipv6(payload: 300)]),
                steps: (0...choices.below(5)).map { _ in Self.steps(&choices) }
            )
            try trial.expectSameAsKernel()
        }
    }

    @Test
    func `long loads are refused before the packet is looked at`() throws {
        let trial = PacketTrial(
            type: .xdp,
            packet: SamplePacket.ipv4(),
            steps: ["r1 = r6\nr2 = 0x10000\nr3 = r10\nr3 += -8\nr4 = 8\ncall bpf_xdp_load_bytes"]
        )
        #expect(try trial.runHere(returning: 0).returned == UInt32(bitPattern: -14))
    }

    @Test
    func `metadata comes back beside the packet`() throws {
        let trial = PacketTrial(
            type: .xdp,
            packet: SamplePacket.ipv4(),
            steps: [
                """
                r1 = r6
                r2 = -4
                call bpf_xdp_adjust_meta
                r1 = *(u32 *)(r6 + 8)
                *(u32 *)(r1 + 0) = 0x01020304
                """
            ]
        )
        let result = try trial.runHere()
        #expect(result.metadata == [4, 3, 2, 1])
        #expect(result.packet == trial.packet)
    }
}
