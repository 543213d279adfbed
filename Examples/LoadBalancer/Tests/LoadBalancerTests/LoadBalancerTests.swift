import EBPF
import LoadBalancerProgram
import Testing

@Test func `connections are spread over the servers`() throws {
    let balancer = try LoadBalancer.load(on: .userSpace)
    _ = try balancer.fillRing.run(context: [])
    var shares: [UInt32: Int] = [:]
    for slot in 0..<251 { shares[try balancer.ring[slot], default: 0] += 1 }
    #expect(shares.keys.sorted() == [1, 2, 3])
    #expect(shares.values.allSatisfy { (80...88).contains($0) })

    let verdicts = try balancer.balance.run(capture: capture("balancer.pcap"))
    #expect(verdicts == [.pass: 11, .transmit: 317])
}

/// A file of `Examples/Captures`.
private func capture(_ name: String) -> String {
    #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Captures/" + name
}
