import ConnectRedirectProgram
import EBPF
import Testing

@Test func `a connection to the service goes to its server`() throws {
    let redirect = try ConnectRedirect.load(on: .userSpace)
    let service = Endpoint(.init(192, 0, 2, 1), port: 80)
    try redirect.servers.update(service, Endpoint(.init(127, 0, 0, 1), port: 8080))
    let there = try redirect.redirectConnection.run(context: address([192, 0, 2, 1], 80))
    #expect(there.returned == 1)
    #expect(there.context == address([127, 0, 0, 1], 8080))
    #expect(try redirect.redirected.value == 1)

    let elsewhere = address([192, 0, 2, 2], 80)
    #expect(try redirect.redirectConnection.run(context: elsewhere).context == elsewhere)
}

/// The context of connect(2) to an address of IPv4 (`struct bpf_sock_addr`).
private func address(_ bytes: [UInt8], _ port: UInt16) -> [UInt8] {
    var context = [UInt8](repeating: 0, count: 72)
    context[0] = 2
    context.replaceSubrange(4..<8, with: bytes)
    context.replaceSubrange(24..<26, with: [UInt8(port >> 8), UInt8(port & 0xff)])
    return context
}
