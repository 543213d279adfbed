import EBPF
import Foundation

// Parses the packets of an interface for ten seconds, by a chain of programs; takes root:
//     sudo swift run service-chain eth0
do {
    let interface = CommandLine.arguments.dropFirst().first ?? "lo"
    let chain = try ServiceChain.load(on: .kernel)
    let stages = [
        chain.parseVLAN, chain.parseIPv4, chain.parseIPv6, chain.parseTCP, chain.parseUDP,
    ]
    for (place, stage) in stages.enumerated() { try chain.chain.update(place, stage) }
    let link = try chain.parseEthernet.attach(to: .name(interface))
    try await Task.sleep(for: .seconds(10))
    try link.detach()
    let outcomes = try chain.outcomes.value
    print("packets: \(outcomes.ethernet.entered)")
    print("IPv4: \(outcomes.ipv4.entered), IPv6: \(outcomes.ipv6.entered)")
    print("TCP: \(outcomes.tcp.entered), UDP: \(outcomes.udp.entered)")
} catch {
    FileHandle.standardError.write(Data("service-chain: \(error)\n".utf8))
    exit(1)
}
