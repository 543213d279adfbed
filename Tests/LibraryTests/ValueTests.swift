import EBPF
import Testing

/// The plain values that keys and events are made of.
@Suite struct ValueTests {
    @Test func `addresses are in the order of the network`() throws {
        let address = try #require(IPv4Address("10.1.2.3"))
        #expect(bytes(of: address) == [10, 1, 2, 3])
        #expect(address.description == "10.1.2.3" && address.number == 0x0a01_0203)
        let six = try #require(IPv6Address("2001:db8::1"))
        #expect(
            bytes(of: six)
                == [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
        #expect(six.description == "2001:db8::1")
        #expect(MemoryLayout<IPv6Address>.alignment == 4)
        #expect(IPv4Address("10.1.2") == nil && IPv6Address("::x") == nil)
    }

    @Test func `prefixes are read and written`() throws {
        let prefix = try #require(LPMKey<IPv4Address>("10.0.0.0/8"))
        #expect(bytes(of: prefix) == [8, 0, 0, 0, 10, 0, 0, 0])
        #expect(prefix.description == "10.0.0.0/8")
        #expect(LPMKey<IPv4Address>("10.0.0.1")?.prefixLength == 32)
        #expect(LPMKey<IPv6Address>("::/0")?.description == "::/0")
        for wrong in ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "x/8", ""] {
            #expect(LPMKey<IPv4Address>(wrong) == nil, "\(wrong)")
        }
    }

    @Test func `texts end at their first zero and are cut at whole characters`() {
        let name: FixedString<8> = "bash"
        #expect(name.description == "bash" && name.bytes == [98, 97, 115, 104, 0, 0, 0, 0])
        #expect(FixedString<4>("häß").description == "hä")
        #expect(FixedString<4>("abcdef").description == "abc")
        #expect(MemoryLayout<FixedString<16>>.size == 16)
        #expect(MemoryLayout<FixedString<16>>.alignment == 1)
    }

    @Test(arguments: [(XDPAction.transmit, "XDP_TX"), (XDPAction(rawValue: 77), "77")])
    func `verdicts have the names of C`(_ action: XDPAction, _ name: String) {
        #expect(action.description == name)
        #expect(TrafficControlAction.next.description == "TC_ACT_UNSPEC")
        #expect(TrafficControlAction.drop.description == "TC_ACT_SHOT")
        #expect(TrafficControlAction(rawValue: -9).description == "-9")
    }
}

/// The bytes of a value, as a map would keep them.
private func bytes<Value: BitwiseCopyable>(of value: Value) -> [UInt8] {
    unsafe withUnsafeBytes(of: value) { unsafe Array($0) }
}
