import EBPF
import Testing

@Test func `pings are answered`() throws {
    let pings = try Ping.load(on: .userSpace)
    #expect(try pings.answerPings.run(capture: capture("lan.pcapng"))[.transmit] == 9)
    #expect(try pings.answered.value == 9)
}

@Test func `pings are dropped on their way in and out`() throws {
    let pings = try Ping.load(on: .userSpace)
    #expect(try pings.dropPings.run(capture: capture("lan.pcapng"))[.drop] == 9)
    #expect(try pings.stopPings.run(capture: capture("lan.pcapng"))[.drop] == 9)
}

/// A file of `Examples/Captures`.
private func capture(_ name: String) -> String {
    #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Captures/" + name
}
