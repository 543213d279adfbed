import EBPF
import ServiceChainProgram
import Testing

@Test func `each stage hands packets to the next`() throws {
    let chain = try ServiceChain.load(on: .userSpace)
    let stages = [
        chain.parseVLAN, chain.parseIPv4, chain.parseIPv6, chain.parseTCP, chain.parseUDP,
    ]
    for (place, stage) in stages.enumerated() { try chain.chain.update(place, stage) }
    #expect(try chain.parseEthernet.run(capture: capture("lan.pcapng")) == [.pass: 267])
    let outcomes = try chain.outcomes.value
    #expect(outcomes.ethernet.entered == 267)
    #expect(outcomes.ipv4.entered == 137)
    #expect(outcomes.tcp.finished == 161)
    #expect(outcomes.udp.malformed == 0)
}

/// A file of `Examples/Captures`.
private func capture(_ name: String) -> String {
    #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Captures/" + name
}
