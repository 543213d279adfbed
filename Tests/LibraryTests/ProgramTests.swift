import EBPF
import EBPFTestSupport
import Foundation
import Testing

/// Programs of a kind run the same on both hosts, and only as what they are.
@Suite struct ProgramTests {
    private static let source = """
        struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 2);
                 __type(key, __u32); __type(value, __u32); } stages SEC(".maps");
        __u64 packets;
        SEC("xdp") int drop_short(struct xdp_md *context) {
            packets++;
            return context->data_end - context->data < 20 ? XDP_DROP : XDP_PASS;
        }
        SEC("xdp") int dispatch(struct xdp_md *context) {
            bpf_tail_call(context, &stages, 1);
            return XDP_ABORTED;
        }
        SEC("tc") int mark(struct __sk_buff *packet) { return packet->len > 20 ? 2 : 0; }
        SEC("socket") int keep(struct __sk_buff *packet) { return 7; }
        SEC("cgroup_skb/ingress") int allow(struct __sk_buff *packet) { return 1; }
        SEC("raw_tp/sched_switch") int add(struct bpf_raw_tracepoint_args *arguments) {
            return arguments->args[0] + arguments->args[1];
        }
        SEC("tracepoint/sched/sched_switch") int record(void *context) { return 0; }

        """

    @Test(arguments: TestHost.allCases)
    func `packet programs give their verdict`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let drop = try object.program("drop_short", as: XDPProgram.self)
        let frame = [UInt8](repeating: 0, count: 64)
        #expect(try drop.run(packet: frame).verdict == .pass)
        #expect(try drop.run(packet: Array(frame.prefix(18))).verdict == .drop)
        #expect(try drop.run(packet: frame).packet == frame)
        #expect(try object.variable("packets", as: UInt64.self).value == 3)
        let mark = try object.program("mark", as: SchedulerClassifierProgram.self)
        #expect(try mark.run(packet: frame).verdict == .drop)
        let keep = try object.program("keep", as: SocketFilterProgram.self)
        #expect(try keep.run(packet: frame).verdict == 7)
        let allow = try object.program("allow", as: CgroupSKBProgram.self)
        #expect(try allow.run(packet: frame).verdict)
    }

    @Test(arguments: TestHost.allCases)
    func `a program runs over the packets of a capture`(_ host: TestHost) async throws {
        let drop = try await host.load(Self.source).program("drop_short", as: XDPProgram.self)
        let captures = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Examples/Captures").standardizedFileURL.path
        #expect(try drop.run(capture: "\(captures)/lan.pcapng") == [.pass: 267])
        let refusal = #expect(throws: RunError.self) {
            try drop.run(capture: "\(captures)/none.pcap")
        }
        let message = refusal.map { "\($0)" } ?? ""
        #expect(message.contains("reading capture \(captures)/none.pcap"), "\(message)")
    }

    @Test(arguments: TestHost.allCases)
    func `context programs see their arguments`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let add = try object.program("add", as: RawTracepointProgram.self)
        #expect(try add.run(context: (UInt64(3), UInt64(4))).returned == 7)
    }

    @Test(arguments: TestHost.allCases)
    func `tail calls jump to the program that was put there`(_ host: TestHost) async throws {
        let object = try await host.load(Self.source)
        let stages = try object.map("stages", as: ProgramArray.self)
        let dispatch = try object.program("dispatch", as: XDPProgram.self)
        let frame = [UInt8](repeating: 0, count: 64)
        #expect(try dispatch.run(packet: frame).verdict == .aborted)
        try stages.update(1, object.program("drop_short", as: XDPProgram.self))
        #expect(try dispatch.run(packet: frame).verdict == .pass)
        #expect(try stages.programID(at: 1) != nil)
        #expect(try stages.remove(1))
        #expect(try dispatch.run(packet: frame).verdict == .aborted)
        let error = #expect(throws: KernelError.self) { try stages.remove(2) }
        #expect(
            error?.description
                == "looking at index 2 of map stages: E2BIG: its last index is 1")
    }

    @Test func `the wrong kind is named with the right one`() async throws {
        let object = try await TestHost.userSpace.load(Self.source)
        let messages: [(String, () throws -> Void)] = [
            (
                "program drop: the object has none of this name",
                { _ = try object.program("drop", as: XDPProgram.self) }
            ),
            (
                "program dispatcher: the object has none of this name; did you mean \"dispatch\"?",
                { _ = try object.program("dispatcher", as: XDPProgram.self) }
            ),
            (
                "program mark: it is a program of type sched_cls; XDPProgram takes xdp",
                { _ = try object.program("mark", as: XDPProgram.self) }
            ),
            (
                "program add: it is a program of type raw_tracepoint; SchedulerClassifierProgram "
                    + "takes sched_cls, sched_act",
                { _ = try object.program("add", as: SchedulerClassifierProgram.self) }
            ),
        ]
        for (expected, body) in messages {
            let error = #expect(throws: BindingError.self) { try body() }
            #expect(error?.description == expected)
        }
    }

    @Test func `a fault in user space names the line`() async throws {
        let object = try await TestHost.userSpace.load(
            """
            SEC("xdp") int peek(struct xdp_md *context) {
                return *(volatile __u8 *)(long)(context->data + 100);
            }

            """)
        let peek = try object.program("peek", as: XDPProgram.self)
        let error = #expect(throws: RunError.self) {
            try peek.run(packet: [UInt8](repeating: 0, count: 64))
        }
        #expect(error?.description.contains("test.bpf.c:") == true)
    }

    @Test(.liveKernel) func `what the kernel does not run so is said`() async throws {
        let object = try await TestHost.kernel.load(Self.source)
        let record = try object.program("record", as: TracepointProgram.self)
        let error = #expect(throws: RunError.self) { try record.run(context: []) }
        #expect(error?.description.contains("the kernel runs no tracepoint programs") == true)
        let drop = try object.program("drop_short", as: XDPProgram.self)
        let refused = #expect(throws: RunError.self) {
            try drop.run(packet: [UInt8](repeating: 0, count: 64), origin: PacketOrigin())
        }
        #expect(refused?.description.contains("where the packet comes from") == true)
    }
}
