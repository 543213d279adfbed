import EBPFBytecode
import EBPFObjectFile
import Testing

@testable import EBPFExecution

/// Running a program on one packet many times.
struct RepeatedRunTests {
    private static let packet: [UInt8] = Array(1...64)

    private static let start = """
        r6 = r1
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 14
        r0 = 0
        if r4 > r3 goto end

        """

    /// What programs do, and what they return every time.
    static let programs: [(name: String, text: String, returned: UInt32)] = [
        ("looks", start + "r0 = *(u8 *)(r2 + 1)\nend: exit", 2),
        (
            "writes",
            start + "r0 = *(u8 *)(r2 + 1)\nr0 += 1\n*(u8 *)(r2 + 1) = r0\nend: exit", 3
        ),
        (
            "shortens",
            start + """
                r7 = r3
                r7 -= r2
                r1 = r6
                r2 = -8
                call bpf_xdp_adjust_tail
                r0 = r7
                end: exit
                """, 64
        ),
        (
            "moves the beginning",
            start + """
                r7 = *(u8 *)(r2 + 0)
                r1 = r6
                r2 = 4
                call bpf_xdp_adjust_head
                r0 = r7
                end: exit
                """, 1
        ),
        (
            "makes room for metadata",
            start + "r1 = r6\nr2 = -8\ncall bpf_xdp_adjust_meta\nr7 = *(u32 *)(r6 + 0)\n"
                + "r8 = *(u32 *)(r6 + 8)\nr7 -= r8\nr0 = r7\nend: exit", 8
        ),
        (
            "redirects",
            start + "r1 = 7\nr2 = 0\ncall bpf_redirect\nend: exit", 4
        ),
    ]

    @Test(arguments: programs, [VerificationPolicy.never, .whenDecidable])
    func `every run sees the packet as it came`(
        _ row: (name: String, text: String, returned: UInt32), _ policy: VerificationPolicy
    ) throws {
        let program = try Self.load(row.text, policy)
        let once = try program.run(packet: Self.packet)
        #expect(once.returned == row.returned)
        let runner = try PacketRunner(program)
        var told: [[UInt32]] = []
        try runner.run(Self.packet, times: 1_000) { told.append([$0, UInt32($1)]) }
        #expect(told == [[row.returned, 1_000]])
        #expect(runner.result(row.returned, interface: 1) == once)
    }

    @Test(arguments: programs)
    func `the verifier tells which programs leave the packet alone`(
        _ row: (name: String, text: String, returned: UInt32)
    ) throws {
        let leaves = ["looks", "redirects"].contains(row.name)
        let verified = try Self.load(row.text, .whenDecidable).body.launch
        #expect(verified.map { $0.shape.leavesInput == leaves } ?? true)
        let unverified = try Self.load(row.text, .never).body.launch
        #expect(unverified.map { !$0.shape.leavesInput } ?? true)
    }

    @Test func `changes of what runs return are told in order`() throws {
        let runner = try PacketRunner(Self.counter("if r1 < 5 goto end\nr0 = 2\n"))
        var told: [[Int]] = []
        try runner.run(Self.packet, times: 8) { told.append([Int($0), $1]) }
        #expect(told == [[1, 4], [2, 4]])
        try runner.run(Self.packet, times: 0) { told.append([Int($0), $1]) }
        #expect(told.count == 2)
    }

    @Test func `the runs before one that fails are told`() throws {
        let runner = try PacketRunner(
            Self.counter("if r1 < 5 goto end\nr0 = *(u64 *)(r10 + 8)\n", .never))
        var told: [[Int]] = []
        #expect(throws: ExecutionError.self) {
            try runner.run(Self.packet, times: 8) { told.append([Int($0), $1]) }
        }
        #expect(told == [[1, 4]])
        // The next one is as good as the first.
        #expect(throws: ExecutionError.self) { try runner.run(Self.packet) }
    }

    /// Counts its runs in an array; r1 is the count, r0 is 1.
    private static func counter(
        _ text: String, _ policy: VerificationPolicy = .whenDecidable
    ) throws -> UserSpaceProgram {
        let map = MapSpec(
            name: "counts", type: .array, keySize: 4, valueSize: 8, maxEntries: 1)
        return try load(
            """
            *(u32 *)(r10 - 4) = 0
            r1 = counts ll
            r2 = r10
            r2 += -4
            call bpf_map_lookup_elem
            if r0 == 0 goto end
            r1 = *(u64 *)(r0 + 0)
            r1 += 1
            *(u64 *)(r0 + 0) = r1
            r0 = 1
            \(text)end: exit
            """, policy, [map])
    }

    private static func load(
        _ text: String, _ policy: VerificationPolicy, _ maps: [MapSpec] = []
    ) throws -> UserSpaceProgram {
        try TestProgram(text, type: .xdp, maps: maps, verification: policy).program
    }
}
