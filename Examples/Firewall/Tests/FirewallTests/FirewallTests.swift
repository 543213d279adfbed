import EBPF
import FirewallProgram
import Testing

@Test func `blocked networks and services are kept out`() throws {
    let firewall = try Firewall.load(on: .userSpace)
    _ = try firewall.loadRules.run(packet: [UInt8](repeating: 0, count: 64))
    let verdicts = try firewall.firewall.run(capture: capture("lan.pcapng"))
    #expect(verdicts == [.pass: 243, .drop: 24])
    let ports = try firewall.services.entries().map { ($0.key.port, $0.value.packets) }
    #expect(Dictionary(uniqueKeysWithValues: ports) == [23: 2, 1900: 3])
}

/// A file of `Examples/Captures`.
private func capture(_ name: String) -> String {
    #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Captures/" + name
}
