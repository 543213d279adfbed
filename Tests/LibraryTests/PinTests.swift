import EBPF
import EBPFTestSupport
import Testing

/// What outlives a process, and what cannot.
@Suite struct PinTests {
    private static let source = """
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4);
                 __type(key, __u32); __type(value, __u64); } counts SEC(".maps");
        SEC("xdp") int pass(struct xdp_md *context) { return XDP_PASS; }

        """

    @Test(.liveKernel, .pinning) func `maps and programs are found again under their paths`()
        async throws
    {
        let object = try await TestHost.kernel.load(Self.source)
        let counts = try object.map("counts", as: HashMap<UInt32, UInt64>.self)
        try counts.update(contentsOf: [(1, 10), (2, 20), (3, 30)].map { (key: $0, value: $1) })
        try LiveKernel.withPinDirectory { directory in
            try object.pin(in: directory)
            defer { try? object.unpin(from: directory) }
            let again = try HashMap<UInt32, UInt64>(pinnedAt: "\(directory)/counts")
            #expect(try again[2] == 20)
            #expect(again.map.id == counts.map.id)
            #expect(try again.remove(contentsOf: [1, 7]) == 1)
            #expect(try counts.count() == 2)
            let pass = try XDPProgram(pinnedAt: "\(directory)/pass")
            let frame = [UInt8](repeating: 0, count: 64)
            #expect(try pass.run(packet: frame).verdict == .pass)
            #expect(pass.program.id == object.programs["pass"]?.id)
            #expect(throws: (any Error).self) {
                _ = try SchedulerClassifierProgram(pinnedAt: "\(directory)/pass")
            }
        }
        #expect(try counts.takeAll().map(\.value).sorted() == [20, 30])
        #expect(try counts.count() == 0)
    }

    @Test func `nothing in user space outlives its process`() async throws {
        let object = try await TestHost.userSpace.load(Self.source)
        let remedy =
            "it is in user space and ends with this process; load the object with "
            + "Host.kernel"
        let messages: [(String, () throws -> Void)] = [
            ("pinning map counts at /x: ENOTSUP: ", { try object.maps["counts"]?.pin(at: "/x") }),
            (
                "pinning program pass at /x: ENOTSUP: ",
                { try object.programs["pass"]?.pin(at: "/x") }
            ),
            ("pinning the object at /x: ENOTSUP: ", { try object.pin(in: "/x") }),
        ]
        for (message, body) in messages {
            let error = #expect(throws: KernelError.self) { try body() }
            #expect(error?.description == message + remedy)
        }
        #expect(object.maps["counts"]?.id == nil)
    }
}
