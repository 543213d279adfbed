import EBPFBytecode
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// What users read whose program does not fit its hook.
@Suite(.liveKernel) struct HookMessageTests {
    @Test(arguments: [
        (AttachType.traceRawTracepoint, nil, "the program does not say which tracepoint it is for"),
        (
            .traceRawTracepoint, "sched_swich",
            "these kernel types have no tracepoint sched_swich; did you mean sched_switch?"
        ),
        (.traceIterator, "tassk", "these kernel types have no iterator tassk; did you mean task?"),
        (
            .traceFunctionEntry, "vmlinux:vfs_raed",
            "these kernel types have no function vfs_raed; did you mean vfs_read?"
        ),
    ])
    func `unknown targets come with what may be meant`(
        _ place: AttachType, _ name: String?, _ message: String
    ) throws {
        let types = try KernelOracle.types()
        let fault = #expect(throws: TypeFault.self) {
            _ = try HookTarget.find(.tracing, place, name, in: types)
        }
        let suggestion = fault?.suggestion.map { $0.hasPrefix("did") ? "; \($0)" : "" } ?? ""
        #expect(fault.map { $0.message + suggestion } == message)
        #expect(fault?.code == .attachTarget)
    }

    @Test(arguments: [
        ("init", "tcp_ops", "this kernel calls no functions of a struct tcp_ops"),
        ("intt", "tcp_congestion_ops", "struct tcp_congestion_ops has no member intt"),
        (
            "name", "tcp_congestion_ops",
            "member name of struct tcp_congestion_ops is not a function"
        ),
    ])
    func `unknown members are named`(
        _ member: String, _ structure: String, _ message: String
    ) throws {
        let types = try KernelOracle.types()
        let fault = #expect(throws: TypeFault.self) {
            _ = try HookTarget.operation(member, of: structure, in: types)
        }
        #expect(fault?.message == message)
    }

    @Test(arguments: [
        (
            "sched_switch", 8, 4,
            "argument prev of sched_switch is a pointer, but 4 bytes are loaded"
        ),
        (
            "sched_switch", 4, 4,
            "arguments of sched_switch begin at multiples of 8; at byte 4 none does"
        ),
        ("sched_switch", 32, 8, "sched_switch has 4 arguments, so there is none at byte 32"),
        (
            "sched_process_exit", 16, 8,
            "sched_process_exit has 2 arguments, so there is none at byte 16"
        ),
        ("sched_switch", 96, 8, "the context of sched_switch has no byte 96"),
        ("sched_switch", -8, 8, "the context of sched_switch has no byte -8"),
        (
            "initcall_start", 0, 8,
            "argument 1 (func) of initcall_start is neither a number nor a pointer to a struct, "
                + "so programs cannot load it"
        ),
    ])
    func `loads of arguments that are none say what there is`(
        _ tracepoint: String, _ offset: Int, _ size: Int, _ message: String
    ) throws {
        let types = try KernelOracle.types()
        let target = try #require(
            try HookTarget.find(.tracing, .traceRawTracepoint, tracepoint, in: types))
        let context = BTFContext(.tracing, .traceRawTracepoint, target, in: types)
        let fault = #expect(throws: TypeFault.self) {
            _ = try context.load(at: offset, size: size)
        }
        #expect(fault?.message == message)
        #expect(fault?.code == .contextAccess)
    }

    @Test func `arguments are not written`() throws {
        let types = try KernelOracle.types()
        let target = try #require(
            try HookTarget.find(.tracing, .traceRawTracepoint, "sched_switch", in: types))
        let context = BTFContext(.tracing, .traceRawTracepoint, target, in: types)
        let fault = #expect(throws: TypeFault.self) { try context.store(at: 0, size: 8) }
        #expect(fault?.message == "programs cannot change the arguments of sched_switch")
    }

    /// A rule that is broken, by the section and the flags, and what is said of it.
    struct Broken: Sendable, CustomTestStringConvertible {
        let type: ProgramType
        var place: AttachType?
        var target: String?
        var flags: ProgramFlags = []
        var isFree = true
        let message: String
        var testDescription: String { message }
    }

    static let broken: [Broken] = [
        Broken(
            type: .cgroupSKB, place: .xdp,
            message: "cgroup_skb programs cannot have the attach type xdp"),
        Broken(type: .socketLookup, message: "sk_lookup programs need an attach type"),
        Broken(type: .syscall, message: "syscall programs always run where they may sleep"),
        Broken(
            type: .xdp, flags: .sleepable, message: "xdp programs run where nothing may sleep"),
        Broken(
            type: .lsm, place: .lsmMAC, target: "task_free", flags: .sleepable,
            message: "task_free is called where nothing may sleep"),
        Broken(
            type: .lsm, place: .lsmMAC, target: "file_open", isFree: false,
            message: "programs at security hooks must be under the GPL"),
        Broken(
            type: .lsm, place: .lsmMAC, target: "getprocattr",
            message: "no program can be attached to getprocattr"),
        Broken(
            type: .tracing, place: .modifyReturn, target: "vfs_read",
            message: "what vfs_read returns cannot be changed"),
        Broken(
            type: .tracing, place: .traceFunctionEntry, target: "migrate_disable",
            message: "migrate_disable runs around every program, so none can be attached to it"),
        Broken(
            type: .tracing, place: .traceFunctionExit, target: "do_exit",
            message: "do_exit never returns, so nothing can run after it"),
        Broken(
            type: .tracing, place: .traceFunctionEntry, target: "_printk",
            message: "_printk takes as many arguments as it is given, so no program can be "
                + "attached to it"),
        Broken(
            type: .tracing, place: .traceIterator, target: "num_new",
            message: "bpf_iter_num_new is not an iterator"),
    ]

    @Test(arguments: broken)
    func `rules of attachment are explained`(_ broken: Broken) throws {
        let types = try KernelOracle.types()
        let target = try HookTarget.find(broken.type, broken.place, broken.target, in: types)
        let rules = AttachRules(
            type: broken.type, place: broken.place, flags: broken.flags, isFree: broken.isFree,
            target: target)
        let fault = #expect(throws: TypeFault.self) { try rules.check() }
        #expect(fault?.message == broken.message)
    }
}
