import EBPFTypeFormat
import Testing

@Suite struct AddressTests {
    /// Texts of RFC 4291 and RFC 5952, and the canonical form.
    static let addresses: [(String, String)] = [
        ("::", "::"), ("::1", "::1"), ("1::", "1::"),
        ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("::ffff:10.0.0.1", "::ffff:10.0.0.1"),
        ("0:0:0:0:0:FFFF:129.144.52.38", "::ffff:129.144.52.38"),
        ("fe80::1:2:3:4", "fe80::1:2:3:4"),
    ]

    @Test(arguments: addresses)
    func `an IPv6 address has one canonical text`(text: String, canonical: String) throws {
        let address = try #require(NetworkAddress(ipv6: text))
        #expect(address.description == canonical)
        #expect(NetworkAddress(ipv6: canonical) == address)
    }

    @Test(arguments: [
        "", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
        "1:2:3:4:5:6:7:8::", "10.0.0.1", "::10.0.0", "::1.2.3.4:5",
    ])
    func `what is no IPv6 address is refused`(text: String) {
        #expect(NetworkAddress(ipv6: text) == nil)
    }

    @Test func `IPv4 and hardware addresses are read strictly`() {
        #expect(NetworkAddress(ipv4: "10.0.0.1") == .ipv4(0x0a00_0001))
        for text in ["", "10", "10.0.0", "10.0.0.256", "10.0.0.1.2", "10..0.1", "+1.0.0.0"] {
            #expect(NetworkAddress(ipv4: text) == nil)
        }
        #expect(NetworkAddress(hardware: "02:0:0:0:0:fe") == .hardware(0x0200_0000_00fe))
        #expect(NetworkAddress(hardware: "02-00-00-00-00-fe") == .hardware(0x0200_0000_00fe))
        for text in ["", "02:00:00:00:00", "02:00:00:00:00:100", "zz:00:00:00:00:00"] {
            #expect(NetworkAddress(hardware: text) == nil)
        }
    }
}
