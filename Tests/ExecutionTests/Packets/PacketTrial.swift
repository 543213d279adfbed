import EBPFBytecode
import Testing

@testable import EBPFExecution

/// A program made of steps, to be run on one packet here and in the kernel.
///
/// Each step is assembly that leaves its result in r0; the context is in r6. What the program
/// returns depends on all results; where a program may return only a verdict, they are in the
/// context's control block.
struct PacketTrial: CustomStringConvertible {
    var type: ProgramType
    var packet: [UInt8]
    var steps: [String]
    /// What the program begins with, before the first step.
    var prologue = ""

    var description: String {
        "\(type), \(packet.count) bytes, steps: "
            + steps.map { $0.split(separator: "\n").joined(separator: "; ") }.joined(
                separator: " | "
            )
    }

    /// Names of helpers as headers have them.
    static let assembler = Assembler(
        helpers: Dictionary(
            uniqueKeysWithValues: Helper.all.map { ("bpf_" + $0.name, Int32($0.id.rawValue)) }
        )
    )

    /// The program; with `step`, one that returns what that step did.
    func program(returning step: Int? = nil) throws -> [EncodedInstruction] {
        var text = "r6 = r1\nr7 = 0\n" + prologue + "\n"
        for (index, body) in steps.enumerated() {
            text += body + "\n"
            if type == .cgroupSKB {
                text += "*(u32 *)(r6 + \(48 + index % 5 * 4)) = r0\n"
            } else {
                text += index == step ? "r7 = r0\n" : "r7 *= 31\nr7 += r0\n"
            }
            if index == step { break }
        }
        return try Self.assembler.assemble(text + "r0 = r7\nexit\n")
    }

    /// Runs it here.
    func runHere(
        on host: UserSpaceHost = UserSpaceHost(UserSpaceHost.Options(cpuCount: 1, seed: 1)),
        origin: PacketOrigin = PacketOrigin(),
        returning step: Int? = nil
    ) throws -> PacketResult {
        try host.load(bytecode: program(returning: step), type: type)
            .run(packet: packet, origin: origin)
    }

    /// The origin of packets in the kernel's test runs: loopback, whose packets are long.
    static func kernelOrigin(of type: ProgramType) -> PacketOrigin {
        PacketOrigin(
            maximumTransmissionUnit: 65536,
            hidesLinkHeader: type == .socketFilter ? true : nil
        )
    }

    /// Runs it here and in the kernel, and expects the same result, packet and context.
    func expectSameAsKernel(_ location: SourceLocation = #_sourceLocation) throws {
        let kernel = try PacketOracle.run(
            program(),
            type,
            packet: packet,
            context: kernelContext
        )
        let here = try runHere(origin: Self.kernelOrigin(of: type))
        let packetHere = here.metadata + hiddenHeader + here.packet
        if here.returned != kernel.returned {
            let difference = try firstDifference()
            Issue.record("\(difference)\nin \(self)", sourceLocation: location)
        } else if packetHere != kernel.packet {
            Issue.record(
                "\(self): packet here\n\(hex(packetHere))\nin the kernel\n\(hex(kernel.packet))",
                sourceLocation: location
            )
        } else {
            let fields = comparedFields
            #expect(
                fields.map { here.context[$0] } == fields.map { kernel.context[$0] },
                "\(self)",
                sourceLocation: location
            )
        }
    }

    /// A test run puts an empty link header before what programs saw without it.
    private var hiddenHeader: [UInt8] {
        let isHidden =
            Self.kernelOrigin(of: type).hidesLinkHeader
            ?? SocketBufferForm(of: type).hidesLinkHeader
        return [UInt8](repeating: 0, count: type != .xdp && isHidden ? 14 : 0)
    }

    /// XDP needs the packet's length; socket buffers begin with zeros.
    private var kernelContext: [UInt8] {
        guard type == .xdp else { return [UInt8](repeating: 0, count: 192) }
        var context = [UInt8](repeating: 0, count: 24)
        context[4] = UInt8(truncatingIfNeeded: packet.count)
        context[5] = UInt8(truncatingIfNeeded: packet.count >> 8)
        return context
    }

    /// The fields that a test run copies out: mark, priority, control block, time, length on wire.
    private var comparedFields: [Int] {
        guard type != .xdp else { return [] }
        return Array(8..<12) + Array(32..<36) + Array(48..<68) + Array(152..<164)
    }

    private func firstDifference() throws -> String {
        for step in steps.indices {
            let kernel = try PacketOracle.run(
                program(returning: step),
                type,
                packet: packet,
                context: kernelContext
            )
            let here = try runHere(origin: Self.kernelOrigin(of: type), returning: step)
            guard kernel.returned == here.returned else {
                let results = [here.returned, kernel.returned].map { Int32(bitPattern: $0) }
                return "step \(step) gives \(results[0]) here, \(results[1]) in the kernel: "
                    + steps[step]
            }
        }
        return "the upper halves of results differ"
    }

    private func hex(_ bytes: [UInt8]) -> String {
        let digits = bytes.prefix(160).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        return "\(bytes.count): " + digits.joined()
    }
}

/// Random choices that are the same at every run.
struct PacketChoices {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// One of some interesting numbers, or one near them, or any below a limit; as a constant of
    /// 32 bits.
    mutating func number(_ interesting: [Int], below limit: Int) -> Int {
        let number =
            switch below(3) {
            case 0: pick(interesting)
            case 1: pick(interesting) + below(5) - 2
            default: below(limit)
            }
        return Int(Int32(truncatingIfNeeded: number))
    }
}

/// Packets that tests begin with.
enum SamplePacket {
    static let ethernet: [UInt8] = [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1]

    /// An IPv4 packet with TCP.
    static func ipv4(payload: Int = 40, serviceType: UInt8 = 0) -> [UInt8] {
        let total = 40 + payload
        var header: [UInt8] = [
            0x45, serviceType, UInt8(total >> 8), UInt8(total & 0xff), 0x12, 0x34, 0x40, 0, 64, 6,
            0,
            0, 10, 0, 0, 1, 10, 0, 0, 2,
        ]
        let sum = stride(from: 0, to: 20, by: 2).reduce(0) {
            $0 + Int(header[$1]) << 8 + Int(header[$1 + 1])
        }
        let checksum = ~(sum + sum >> 16) & 0xffff
        header[10] = UInt8(checksum >> 8)
        header[11] = UInt8(checksum & 0xff)
        return ethernet + [8, 0] + header + tcp + self.payload(payload)
    }

    /// An IPv6 packet with TCP.
    static func ipv6(payload: Int = 40, trafficClass: UInt8 = 0) -> [UInt8] {
        let count = 20 + payload
        let start: [UInt8] = [
            0x60 | trafficClass >> 4, trafficClass << 4, 0, 7, UInt8(count >> 8),
            UInt8(count & 0xff), 6, 64,
        ]
        let source: [UInt8] = [0xfd] + [UInt8](repeating: 0, count: 14) + [1]
        let target: [UInt8] = [0xfd] + [UInt8](repeating: 0, count: 14) + [2]
        return ethernet + [0x86, 0xdd] + start + source + target + tcp + self.payload(payload)
    }

    /// IPv4 behind VLAN tags, outermost first.
    static func tagged(_ tags: [[UInt8]], payload: Int = 40) -> [UInt8] {
        ethernet + tags.flatMap { $0 } + ipv4(payload: payload).dropFirst(12)
    }

    /// A packet of another protocol.
    static func arp() -> [UInt8] { ethernet + [8, 6] + payload(46) }

    private static let tcp: [UInt8] = [
        0x30, 0x39, 0, 80, 0, 0, 0, 1, 0, 0, 0, 2, 0x50, 0x10, 0xff, 0xff, 0xab, 0xcd, 0, 0,
    ]

    private static func payload(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }
    }
}
