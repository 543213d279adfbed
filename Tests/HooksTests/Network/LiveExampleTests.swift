import EBPFBytecode
import EBPFCompilation
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// Examples that are attached to an interface of their own and see real frames.
@Suite(
    .liveKernel,
    .enabled("clang and a Swift toolchain are here") {
        (try? CCompiler()) != nil && (try? SwiftCompiler.ofThisPackage()) != nil
    })
struct LiveExampleTests {
    private static let examples =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/Examples"

    /// An example, in C or in Swift.
    enum Language: CaseIterable {
        case c
        case swift

        /// The name that a C name becomes: `fill_ring`, `fillRing`.
        func name(_ name: String) -> String {
            guard self == .swift else { return name }
            let words = name.split(separator: "_")
            return words.dropFirst().reduce(String(words.first ?? "")) {
                $0 + $1.prefix(1).uppercased() + $1.dropFirst()
            }
        }
    }

    private static func load(_ path: String, _ language: Language) async throws -> KernelObject {
        let file = "\(examples)/\(path)"
        let program =
            switch language {
            case .c: try await CCompiler().compile(.file(file + ".bpf.c"))
            case .swift: try await SwiftCompiler.ofThisPackage().compile([file + ".swift"])
            }
        return try KernelHost().load(try ObjectFile(program.bytes).specs())
    }

    /// A 64-bit variable of a loaded program.
    private static func variable(_ name: String, of object: KernelObject) throws -> UInt64 {
        let spec = try #require(object.specs.variables[name])
        let bytes = try object.maps[spec.map]?.value(of: [0, 0, 0, 0]) ?? []
        return bytes.dropFirst(spec.offset).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static let ours: [UInt8] = [2, 0, 0, 0, 0, 1]
    private static let theirs: [UInt8] = [2, 0, 0, 0, 0, 2]

    /// An ICMP message between two machines: a request is 8, a reply 0 (RFC 792).
    private static func ping(
        type: UInt8, from source: [UInt8], _ sender: UInt8, to target: [UInt8], _ receiver: UInt8
    ) -> [UInt8] {
        var ip: [UInt8] = [0x45, 0, 0, 28, 0, 1, 0, 0, 64, 1, 0, 0, 10, 9, 0, sender]
        ip += [10, 9, 0, receiver]
        var icmp: [UInt8] = [type, 0, 0, 0, 0, 7, 0, 1]
        (ip[10], ip[11]) = checksum(ip)
        (icmp[2], icmp[3]) = checksum(icmp)
        return target + source + [8, 0] + ip + icmp
    }

    /// The Internet checksum (RFC 1071).
    private static func checksum(_ bytes: [UInt8]) -> (UInt8, UInt8) {
        var sum = stride(from: 0, to: bytes.count, by: 2).reduce(UInt32(0)) { sum, index in
            sum + UInt32(bytes[index]) << 8 + UInt32(bytes[index + 1])
        }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return (UInt8(~sum >> 8 & 0xff), UInt8(~sum & 0xff))
    }

    private static let request = ping(type: 8, from: theirs, 2, to: ours, 1)
    private static let reply = ping(type: 0, from: ours, 1, to: theirs, 2)

    /// The frames that wait at the cable and are like one.
    private static func received(_ frame: [UInt8], _ tap: borrowing TapInterface) -> Int {
        var count = 0
        while let next = tap.receive() { count += next == frame ? 1 : 0 }
        return count
    }

    @Test(arguments: Language.allCases)
    func `pings are answered before the system sees them, until it is detached`(
        _ language: Language
    )
        async throws
    {
        let object = try await Self.load("Ping/ping", language)
        let program = try #require(object.programs[language.name("answer_pings")])
        let replies = try withNetworkNamespace {
            let tap = try TapInterface()
            let link = try program.attachXDP(to: "tap0", mode: .generic)
            try tap.send(Self.request)
            let during = Self.received(Self.reply, tap)
            try link.detach()
            try tap.send(Self.request)
            return [during, Self.received(Self.reply, tap)]
        }
        #expect(replies == [1, 0])
        #expect(try Self.variable("answered", of: object) == 1)
    }

    @Test(arguments: Language.allCases)
    func `a dropped ping does not reach the program behind`(_ language: Language)
        async throws
    {
        let object = try await Self.load("Ping/ping", language)
        let program = try #require(object.programs[language.name("drop_pings")])
        let seen = try withNetworkNamespace {
            let tap = try TapInterface()
            let behind = try TestCounter()
            let witness = try behind.program("tcx/ingress", returning: -1).attach(
                to: .tcxIngress, of: "tap0")
            let link = try program.attachXDP(to: "tap0", mode: .generic)
            try tap.send(Self.request)
            try tap.send(Self.reply)
            let during = try behind.count
            try link.detach()
            try tap.send(Self.request)
            let after = try behind.count
            try witness.detach()
            return [during, after]
        }
        #expect(seen == [1, 2])
        #expect(try Self.variable("dropped", of: object) == 1)
    }

    @Test(arguments: Language.allCases)
    func `a ping is stopped by traffic control on its way out`(_ language: Language)
        async throws
    {
        let object = try await Self.load("Ping/ping", language)
        let program = try #require(object.programs[language.name("stop_pings")])
        let sent = try withNetworkNamespace {
            let tap = try TapInterface()
            let source = try TapInterface("tap1")
            let toTap = "r1 = \(tap.interface.index)\nr2 = 0\ncall 23\nexit"
            let repeater = try LiveKernel.program(.schedulerClassifier, toTap)
            let into = try repeater.attach(to: .tcxIngress, of: "tap1")
            let link = try program.attachTrafficControl(
                to: "tap0", TrafficFilterOptions(.egress))
            try source.send(Self.request)
            try source.send(Self.reply)
            let (request, reply) = Self.both(tap)
            try link.detach()
            try source.send(Self.request)
            let after = Self.received(Self.request, tap)
            try into.detach()
            return [request, reply, after]
        }
        #expect(sent == [0, 1, 1])
        #expect(try Self.variable("stopped", of: object) == 1)
    }

    private static func both(_ tap: borrowing TapInterface) -> (Int, Int) {
        var counts = (0, 0)
        while let next = tap.receive() {
            if next == request { counts.0 += 1 }
            if next == reply { counts.1 += 1 }
        }
        return counts
    }

    @Test(arguments: Language.allCases)
    func `the load balancer sends what it sent between real machines`(_ language: Language)
        async throws
    {
        let object = try await Self.load("LoadBalancer/load-balancer", language)
        let filling = try #require(object.programs[language.name("fill_ring")])
        let program = try #require(object.programs[language.name("balance")])
        _ = try filling.run(context: [])
        let frames = try Self.capture("Captures/balancer.pcap")
        let expected = try Self.capture("expected/load-balancer.pcap")
        let balancer = try #require(expected.first?[6..<12])
        let sent = try withNetworkNamespace {
            let tap = try TapInterface()
            let link = try program.attachXDP(to: "tap0", mode: .generic)
            var sent: [[UInt8]] = []
            for frame in frames {
                try tap.send(frame)
                while let answer = tap.receive() {
                    if answer[6..<12] == balancer { sent.append(answer) }
                }
            }
            try link.detach()
            return sent
        }
        #expect(expected.count > 300)
        #expect(sent == expected)
    }

    /// The frames of a capture in the classic format with nanoseconds.
    private static func capture(_ path: String) throws -> [[UInt8]] {
        let bytes = try ObjectFile.bytes(contentsOf: "\(examples)/\(path)")
        var frames: [[UInt8]] = []
        var rest = bytes.dropFirst(24)
        while rest.count >= 16 {
            let length = rest.dropFirst(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            frames.append(Array(rest.dropFirst(16).prefix(length)))
            rest = rest.dropFirst(16 + length)
        }
        return frames
    }
}
