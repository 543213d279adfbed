import EBPFBytecode
import Testing

@testable import EBPFExecution

/// Helpers about socket buffers, and their contexts, against the kernel.
@Suite(.enabled(if: PacketOracle.isAvailable, "needs root and bpf(2)"))
struct PacketKernelTests {
    typealias Step = @Sendable (inout PacketSteps) -> String

    /// A group of helpers that one program calls in any order.
    struct Group: CustomTestStringConvertible, Sendable {
        let name: String
        let type: ProgramType
        let steps: [Step]

        var testDescription: String { name }
    }

    private static let fields: [Step] = [{ $0.field() }, { $0.store() }, { $0.directAccess() }]

    static let groups: [Group] = [
        Group(
            name: "bytes",
            type: .schedulerClassifier,
            steps: [
                { $0.loadBytes() }, { $0.loadBytesRelative() }, { $0.storeBytes() },
                { $0.pullData() }, { $0.directAccess() },
            ]
        ),
        Group(
            name: "checksums",
            type: .schedulerClassifier,
            steps: [
                { $0.replaceNetworkChecksum() }, { $0.replaceTransportChecksum() },
                { $0.difference() }, { $0.checksumState() }, { $0.storeBytes() },
            ]
        ),
        Group(
            name: "shape",
            type: .schedulerClassifier,
            steps: fields + [
                { $0.changeProtocol() }, { $0.changeType() }, { $0.changeTail() },
                { $0.changeHead() }, { $0.loadBytesRelative() }, { $0.congestion() },
            ]
        ),
        Group(
            name: "room",
            type: .schedulerClassifier,
            steps: [
                { $0.adjustRoom() }, { $0.adjustRoom() }, { $0.field() }, { $0.changeProtocol() },
                { $0.loadBytesRelative() }, { $0.changeTailALittle() }, { $0.checksumState() },
                { $0.storeBytes() },
            ]
        ),
        Group(
            name: "much room",
            type: .schedulerClassifier,
            steps: [{ $0.adjustRoomByAnything() }, { $0.field() }, { $0.loadBytesRelative() }]
        ),
        Group(
            name: "tags",
            type: .schedulerClassifier,
            steps: [
                { $0.tag() }, { $0.tag() }, { $0.field() }, { $0.loadBytesRelative() },
                { $0.adjustRoom() }, { $0.changeHead() }, { $0.changeTailALittle() },
            ]
        ),
        Group(
            name: "properties",
            type: .schedulerClassifier,
            steps: fields + [
                { $0.hash() }, { $0.timestamp() }, { $0.congestion() },
                { $0.maximumTransmissionUnit() }, { $0.redirect() }, { $0.routeErrors() },
                { $0.tunnel() }, { $0.owner() },
            ]
        ),
        Group(
            name: "action",
            type: .schedulerAction,
            steps: fields + [{ $0.tag() }, { $0.adjustRoom() }, { $0.redirect() }]
        ),
        Group(
            name: "tunnel transmit",
            type: .lwtTransmit,
            steps: [
                { $0.loadBytes() }, { $0.storeBytes() }, { $0.pullData() }, { $0.changeTail() },
                { $0.changeHead() }, { $0.replaceNetworkChecksum() }, { $0.difference() },
                { $0.replaceTransportChecksum() }, { $0.directAccess() }, { $0.checksumState() },
            ]
        ),
        Group(
            name: "tunnel in",
            type: .lwtIn,
            steps: [
                { $0.loadBytes() }, { $0.pullData() }, { $0.difference() }, { $0.directAccess() },
            ]
        ),
        Group(
            name: "control group",
            type: .cgroupSKB,
            steps: [
                { $0.loadBytes() }, { $0.loadBytesRelative() }, { $0.congestion() },
                { $0.directAccess() },
            ]
        ),
        Group(
            name: "socket filter",
            type: .socketFilter,
            steps: [{ $0.loadBytes() }, { $0.loadBytesRelative() }]
        ),
    ]

    private static let packets: [[UInt8]] = [
        SamplePacket.ipv4(), SamplePacket.ipv4(serviceType: 1), SamplePacket.ipv4(serviceType: 2),
        SamplePacket.ipv4(serviceType: 3), SamplePacket.ipv6(), SamplePacket.ipv6(trafficClass: 2),
        SamplePacket.ipv6(payload: 600), SamplePacket.tagged([[0x81, 0, 0x20, 5]]),
        SamplePacket.tagged([[0x88, 0xa8, 0, 9], [0x81, 0, 0xe0, 5]]), SamplePacket.arp(),
        SamplePacket.ethernet + [0, 40] + [UInt8](repeating: 0x42, count: 46),
    ]

    @Test(arguments: groups, 0..<2)
    func `helpers do what the kernel's do`(_ group: Group, _ seed: Int) throws {
        var steps = PacketSteps(seed)
        for _ in 0..<25 {
            let count = 1 + steps.choices.below(5)
            let trial = PacketTrial(
                type: group.type,
                packet: steps.choices.pick(Self.packets),
                steps: (0..<count).map { _ in
                    let step = steps.choices.pick(group.steps)
                    return step(&steps)
                }
            )
            try trial.expectSameAsKernel()
        }
    }
}
