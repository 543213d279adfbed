import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An address of IPv4 or IPv6 for a test's packet: `"10.0.0.1"`, `"2001:db8::1"`.
public struct TestAddress: Hashable, Sendable, ExpressibleByStringLiteral {
    /// Its 4 or 16 bytes.
    public let bytes: [UInt8]

    /// Whether it is one of IPv6.
    public var isIPv6: Bool { bytes.count == 16 }

    /// An address as text; `nil` if it is none.
    public init?(text: String) {
        let family = text.contains(":") ? AF_INET6 : AF_INET
        var room = [UInt8](repeating: 0, count: text.contains(":") ? 16 : 4)
        guard unsafe inet_pton(family, text, &room) == 1 else { return nil }
        bytes = room
    }

    /// An address as a literal; one that is wrong is an issue of the test, and becomes `0.0.0.0`.
    public init(stringLiteral text: String) {
        guard let address = TestAddress(text: text) else {
            Issue.record("\(text) is no address of IPv4 or IPv6")
            bytes = [0, 0, 0, 0]
            return
        }
        self = address
    }

    /// An address for documentation (RFC 5737), where packets come from unless a test says else.
    public static let client: TestAddress = "192.0.2.1"
    /// An address for documentation (RFC 3849), where packets of IPv6 come from unless a test says
    /// else.
    public static let client6: TestAddress = "2001:db8::1"

    /// Whom packets of this address go to unless a test says else.
    var peer: TestAddress { isIPv6 ? "2001:db8::2" : "198.51.100.1" }
}
