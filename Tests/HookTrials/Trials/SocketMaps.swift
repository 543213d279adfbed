import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What belongs to a map of sockets, and runs for every socket that is put there.
extension HookTrial {
    static let socketMaps: [HookTrial] = [
        HookTrial(hook: "sk_skb/verdict") { _ in try map("sk_skb/verdict", .receiver) },
        HookTrial(hook: "sk_skb/stream_verdict") { _ in
            try map("sk_skb/stream_verdict", .receiver)
        },
        HookTrial(hook: "sk_skb/stream_parser") { _ in try parser() },
        HookTrial(hook: "sk_msg") { _ in try map("sk_msg", .sender) },
    ]

    /// Which end of a connection is put into the map.
    private enum End { case sender, receiver }

    private static func map(_ section: String, _ end: End) throws -> String {
        let proof = try Proof()
        let map = try socketMap()
        let program = try proof.counter.program(section, returning: "w0 = 1")
        return try proof(
            attach: { try program.attach(toSocketsOf: map) }, trigger: { try talk(by: map, end) })
    }

    /// A parser says where a message ends; it runs only where a verdict is attached, too.
    private static func parser() throws -> String {
        let proof = try Proof()
        let map = try socketMap()
        let verdict = try Counter().program("sk_skb/stream_verdict", returning: "w0 = 1")
        let wholeLength = "r0 = *(u32 *)(r6 + 0)"
        let program = try proof.counter.program(
            "sk_skb/stream_parser", returning: wholeLength, before: "r6 = r1")
        let link = try verdict.attach(toSocketsOf: map)
        let seen = try proof(
            attach: { try program.attach(toSocketsOf: map) },
            trigger: { try talk(by: map, .receiver) })
        try link.detach()
        return seen
    }

    private static func socketMap() throws -> KernelMap {
        var attributes = MapCreateAttributes()
        attributes.type = MapType.socketMap.rawValue
        attributes.keySize = 4
        attributes.valueSize = 4
        attributes.maxEntries = 1
        return try KernelMap(attributes)
    }

    /// Opens a connection with one end in the map, and sends a message over it.
    private static func talk(by map: KernelMap, _ end: End) throws {
        let server = try TrialSocket(AF_INET, SOCK_STREAM)
        try server.bind(.ip4())
        try server.listen()
        let client = try TrialSocket(AF_INET, SOCK_STREAM)
        try client.connect(try server.ownAddress)
        let accepted = try server.accept()
        let number = end == .sender ? client.number : accepted.number
        try map.update(UInt32(0).bytes, number.bytes)
        try client.send([1, 2, 3])
        guard try accepted.receive() == [1, 2, 3] else { throw Failure("another message came") }
    }
}
