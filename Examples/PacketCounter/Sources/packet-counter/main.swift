import EBPF
import Foundation

// Counts the packets of an interface for ten seconds, by protocol; takes root:
//     sudo swift run packet-counter eth0
do {
    let interface = CommandLine.arguments.dropFirst().first ?? "lo"
    let counter = try PacketCounter.load(on: .kernel)
    let link = try counter.countPackets.attach(to: .name(interface))
    try await Task.sleep(for: .seconds(10))
    try link.detach()
    for (number, traffic) in try counter.protocols.entries() {
        print("protocol \(number): \(traffic.packets) packets, \(traffic.bytes) bytes")
    }
} catch {
    FileHandle.standardError.write(Data("packet-counter: \(error)\n".utf8))
    exit(1)
}
