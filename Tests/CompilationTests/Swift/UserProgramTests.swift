import EBPFExecution
import EBPFKernel
import EBPFMaps
import EBPFObjectFile
import EBPFTestSupport
import Testing

@testable import EBPFCompilation

/// Programs as users write them (`Programs/Users`): they compile without a warning, are verified, run
/// alike in the machine and in the kernel, and the running kernel takes them.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct UserProgramTests {
    /// The sources that the running kernel takes.
    private static let programs = [
        "arpguard", "ban", "biolatency", "conntrack", "dnsfilter", "egress", "extensions",
        "gre-ends", "heavy-hitters", "oomwatch", "opensnoop", "procmon", "quic", "ratelimit",
        "retransmit", "sni", "sockmap", "syn-counter", "syscall-latency", "task-table",
        "userprobe", "vlanpush",
    ]

    private static let objects = ObjectCache()

    @Test(.liveKernel, arguments: programs)
    func `the running kernel takes it`(_ name: String) async throws {
        _ = try KernelHost().load(await Self.objects.specs(name))
    }

    @Test func `a program that guards files compiles`() async throws {
        let specs = try await Self.objects.specs("lsmguard")
        #expect(specs.programs.keys.sorted() == ["check", "fileOpen"])
    }

    // MARK: Packets

    private static let ethernet = "020000000001020000000002"
    private static let query =
        ethernet
        + "08004500003d00010000401100000a0000010a0000029c4000350029000000070100000100000000"
        + "000007626c6f636b6564076578616d706c650000010001"
    private static let syn =
        ethernet
        + "08004500002800010000400600000a0000010a0000029c4001bb00000001000000005002ffff0000"
        + "0000"
    private static let acknowledgment = syn.replacing("5002ffff", with: "5010ffff")
    private static let hello =
        ethernet
        + "08004500007400010000400600000a0000010a0000029c4001bb00000001000000005018ffff0000"
        + "0000160301004701000043030372727272727272727272727272727272727272727272727272727272727272"
        + "72000002130101000018000a000000000010000e00000b6578616d706c652e6f7267"
    private static let inner =
        "4500003000010000401100000a0000010a00000200010002001c0000"
        + String(repeating: "78", count: 20)
    private static let tunnel =
        ethernet + "08004500004800010000402f00000a0000010a00000200000800" + inner
    private static let keyedTunnel =
        ethernet + "08004500004c00010000402f00000a0000010a0000022000080000000007" + inner
    private static let options =
        ethernet
        + "86dd600000000019004020010db800000000000000000000000120010db800000000000000000000"
        + "00023c000104000000001100010400000000000100020009000078"
    private static let routing =
        ethernet
        + "86dd6000000000112b4020010db800000000000000000000000120010db800000000000000000000"
        + "00021100000000000000000100020009000078"
    private static let claim =
        ethernet + "08060001080006040001" + "020000000002" + "0a000001" + "0000000000000a000002"
    private static let initial =
        ethernet
        + "08004500003200010000401100000a0000010a0000029c4001bb001e0000c0000000010801020304"
        + "050607080000000000000000"

    /// A program and a packet, what it returns, and how many entries a map has after it.
    struct Row: CustomTestStringConvertible, Sendable {
        let source: String
        let program: String
        let packet: String
        let verdict: UInt32
        var map: (name: String, entries: Int)?
        var testDescription: String { "\(program) \(packet.count / 2) \(verdict)" }

        init(
            _ source: String, _ program: String, _ packet: String, _ verdict: UInt32,
            _ map: (String, Int)? = nil
        ) {
            (self.source, self.program, self.packet) = (source, program, packet)
            self.verdict = verdict
            self.map = map.map { (name: $0.0, entries: $0.1) }
        }
    }

    private static let rows = [
        Row("dnsfilter", "dnsFilter", query, 2), Row("dnsfilter", "dnsFilter", syn, 2),
        Row("syn-counter", "countSYNs", syn, 0, ("rates", 1)),
        Row("syn-counter", "countSYNs", acknowledgment, 0, ("rates", 0)),
        Row("conntrack", "track", syn, 0, ("connections", 1)),
        Row("conntrack", "track", acknowledgment, 2, ("connections", 0)),
        Row("ratelimit", "limit", options, 2, ("buckets", 1)),
        Row("extensions", "walk", options, 2), Row("extensions", "walk", routing, 1),
        Row("extensions", "walk", String(options.prefix(2 * 60)), 1),
        Row("arpguard", "guardARP", claim, 2),
        Row("vlanpush", "push", syn, 0),
        Row("sni", "serverName", hello, 0),
        Row("heavy-hitters", "measure", syn, 0, ("top", 1)),
        Row("gre-ends", "decapsulate", tunnel, 2), Row("gre-ends", "decapsulate", keyedTunnel, 1),
        Row("quic", "quic", initial, 2, ("seen", 1)),
        Row(
            "quic", "quic", initial.replacing("c00000000108", with: "c00000000118"), 1, ("seen", 0)),
        Row("ban", "protect", syn, 2, ("windows", 1)),
    ]

    private static func bytes(_ hex: String) -> [UInt8] {
        var (bytes, rest) = ([UInt8](), hex[...])
        while !rest.isEmpty {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    @Test(arguments: rows)
    func `it does in the machine what it should`(_ row: Row) async throws {
        let host = UserSpaceHost(UserSpaceHost.Options(verification: .always))
        let object = try host.load(await Self.objects.specs(row.source))
        let program = try #require(object.programs[row.program])
        #expect(try program.run(packet: Self.bytes(row.packet)).returned == row.verdict)
        guard let (name, count) = row.map else { return }
        let map = try #require(object.maps[name])
        var keys: [[UInt8]] = []
        while let key = try? map.nextKey(after: keys.last) { keys.append(key) }
        #expect(keys.count == count)
    }

    @Test(.liveKernel, arguments: rows)
    func `it does in the kernel what it should`(_ row: Row) async throws {
        let object = try KernelHost().load(await Self.objects.specs(row.source))
        let program = try #require(object.programs[row.program])
        #expect(try program.run(packet: Self.bytes(row.packet)).returned == row.verdict)
        guard let (name, count) = row.map else { return }
        #expect(try #require(object.maps[name]).countEntries() == count)
    }

    @Test func `the name of a server is found in a handshake`() async throws {
        let object = try UserSpaceHost().load(await Self.objects.specs("sni"))
        let program = try #require(object.programs["serverName"])
        _ = try program.run(packet: Self.bytes(Self.hello))
        let events = try #require(object.maps["seen"] as? EBPFMaps.RingBuffer).takeRecords()
        let event = try #require(events.first)
        #expect(events.count == 1 && event[4] == 11)
        #expect(event[8..<19] == Array("example.org".utf8)[...])
    }
}

/// Each source is compiled once.
private actor ObjectCache {
    private var tasks: [String: Task<ObjectSpecs, any Error>] = [:]

    func specs(_ name: String) async throws -> ObjectSpecs {
        if let known = tasks[name] { return try await known.value }
        let directory = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let path = "/\(directory)/Programs/Users/\(name).swift"
        let task = Task {
            let program = try await SwiftCompiler(module: KernelSwift.module).compile([path])
            #expect(program.output.isEmpty, "\(program.output)")
            return try ObjectFile(program.bytes, name: name).specs()
        }
        tasks[name] = task
        return try await task.value
    }
}
