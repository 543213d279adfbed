/// What the name of a member or variable says about its meaning.
struct NameHints {
    /// The words of the name, in lower case, without trailing digits: `saddr_v4` is `saddr`, `v`.
    private let words: Set<String>
    let isEmpty: Bool

    init(_ name: String) {
        isEmpty = name.isEmpty
        words = Set(Self.words(name))
    }

    /// Whether it is an address of the Internet protocol.
    var saysAddress: Bool { !words.isDisjoint(with: Self.addressWords) }
    /// Whether it is an end of a connection, which only some types make an address.
    var saysEndpoint: Bool { !words.isDisjoint(with: Self.endpointWords) }
    /// Whether it is the address of a network card.
    var saysHardware: Bool {
        saysAddress || saysEndpoint || !words.isDisjoint(with: Self.hardwareWords)
    }
    /// Whether it is text.
    var saysText: Bool { !words.isDisjoint(with: Self.textWords) }

    private static let addressWords: Set<String> = [
        "addr", "address", "saddr", "daddr", "laddr", "raddr", "ip", "ipv", "ipaddr", "sip", "dip",
        "srcip", "dstip", "saddrv", "daddrv", "vip", "gateway", "gw", "nexthop", "netmask",
    ]
    private static let endpointWords: Set<String> = [
        "src", "dst", "source", "dest", "destination", "local", "remote", "peer", "server",
        "client", "host", "network", "subnet", "prefix", "backend", "from", "to",
    ]
    private static let hardwareWords: Set<String> = [
        "mac", "smac", "dmac", "macaddr", "eth", "ether", "hw", "hwaddr", "lladdr", "ha", "bssid",
    ]
    private static let textWords: Set<String> = [
        "comm", "name", "str", "string", "text", "path", "file", "filename", "fname", "msg",
        "message", "command", "cmd", "args", "argv", "dname", "ifname", "hostname", "line",
    ]

    /// Splits at underscores and before capitals, and drops digits at the end of words.
    private static func words(_ name: String) -> [String] {
        var words = [""]
        var previousIsLower = false
        for character in name {
            if character == "_" || (previousIsLower && character.isUppercase) { words.append("") }
            previousIsLower = character.isLowercase
            guard character != "_" else { continue }
            words[words.count - 1] += character.lowercased()
        }
        return words.map { word in
            String(word.reversed().drop { $0.isNumber }.reversed())
        }
        .filter { !$0.isEmpty }
    }
}
