import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

/// Structs of functions that the kernel calls (`struct_ops`).
@Suite(
    .liveKernel,
    .enabled("the kernel calls TCP congestion control of programs") {
        try KernelTypes.shared.vmlinux().first(
            named: "bpf_struct_ops_tcp_congestion_ops", kind: .structure) != nil
    })
struct StructOperationsTests {
    /// A congestion control with the members that the kernel insists on; its struct has them in
    /// another order than the kernel's.
    private static func source(_ members: String = "", _ values: String = "") -> String {
        """
        struct sock;
        struct tcp_congestion_ops {
            char name[16];
            void (*cong_avoid)(struct sock *, unsigned, unsigned);
            unsigned (*ssthresh)(struct sock *);
            unsigned (*undo_cwnd)(struct sock *);
            void (*of_another_kernel)(struct sock *);
            \(members)
        };
        SEC("struct_ops") unsigned BPF_PROG(threshold, struct sock *sk) { return 2; }
        SEC("struct_ops") unsigned BPF_PROG(undo, struct sock *sk) { return 2; }
        SEC("struct_ops") void BPF_PROG(avoid, struct sock *sk, unsigned ack, unsigned acked) {}
        SEC(".struct_ops.link") struct tcp_congestion_ops trial = {
            .ssthresh = (void *)threshold, .undo_cwnd = (void *)undo,
            .cong_avoid = (void *)avoid, .name = "swift_trial", \(values)
        };

        """
    }

    @Test func `members are laid out as the kernel has them, with their programs`() async throws {
        let object = try KernelHost().load(await CObject.specs(Self.source()))
        let kernel = try KernelTypes.shared.vmlinux()
        let type = try #require(kernel.first(named: "tcp_congestion_ops", kind: .structure))
        let members = try kernel.members(of: type)
        for (name, member) in [("threshold", "ssthresh"), ("undo", "undo_cwnd")] {
            let info: ProgramInfo = try #require(object.programs[name]).descriptor.info("asking")
            #expect(info.attachType == type.rawValue)
            let value = try #require(object.structOperations["trial"])
            let place = try #require(members.first { $0.name == member }).byteOffset
            let offset = try Self.dataOffset(kernel) + place
            let number = value[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
            #expect(number == object.programs[name]?.number)
        }
    }

    private static func dataOffset(_ kernel: BTF) throws -> Int {
        let id = try #require(
            kernel.first(named: "bpf_struct_ops_tcp_congestion_ops", kind: .structure))
        return try #require(kernel.members(of: id).first { $0.name == "data" }).byteOffset
    }

    @Test func `the kernel takes the value`() async throws {
        let object = try KernelHost().load(await CObject.specs(Self.source()))
        let map = try #require(object.maps["trial"])
        #expect(map.shape.type == .structOperations && map.shape.flags == .link)
        // A map for a link is ready then, and nothing is registered yet.
        try map.update([0, 0, 0, 0], try #require(object.structOperations["trial"]))
    }

    struct Wrong: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let source: String
        let message: String
    }

    private static let wrong: [Wrong] = [
        Wrong(
            testDescription: "member",
            source: source("unsigned flagz;", ".flagz = 1"),
            message: "map trial: matching it with the kernel's types: EINVAL: the kernel's struct "
                + "tcp_congestion_ops has no member flagz; did you mean \"flags\"?"),
        Wrong(
            testDescription: "size",
            source: source("unsigned long long flags;", ".flags = 1"),
            message: "map trial: matching it with the kernel's types: EINVAL: member flags has "
                + "8 bytes, in the kernel 4"),
        Wrong(
            testDescription: "no function",
            source: source("void *flags;", ".flags = (void *)undo"),
            message: "map trial: matching it with the kernel's types: EINVAL: member flags is no "
                + "function in the kernel"),
        Wrong(
            testDescription: "struct",
            source: source().replacing("tcp_congestion_ops", with: "tcp_congestion_opps"),
            message: "map trial: looking for bpf_struct_ops_tcp_congestion_opps: ENOENT: this "
                + "kernel calls no functions of a struct tcp_congestion_opps; did you mean "
                + "\"tcp_congestion_ops\"?"),
        Wrong(
            testDescription: "program of nothing",
            source: source() + "SEC(\"struct_ops\") int BPF_PROG(alone) { return 0; }",
            message: "program alone cannot attach to nothing: no variable of the object's section "
                + ".struct_ops or .struct_ops.link holds it"),
        Wrong(
            testDescription: "program of two members",
            source: source().replacing("(void *)undo", with: "(void *)threshold"),
            message: "program threshold cannot attach to several members: a program can be only "
                + "one member of one struct"),
    ]

    @Test(arguments: wrong)
    func `what does not fit the kernel's struct is named`(_ row: Wrong) async throws {
        let specs = try await CObject.specs(row.source)
        let failure = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        #expect(failure?.description == row.message)
    }
}
