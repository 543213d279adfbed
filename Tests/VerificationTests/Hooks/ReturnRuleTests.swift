import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// What programs may return, compared with what the kernel's verifier lets pass.
@Suite(.liveKernel) struct ReturnRuleTests {
    /// A kind of program, by its numbers.
    struct Hook: Sendable, CustomTestStringConvertible {
        var type: ProgramType
        var place: AttachType?
        var target: String?
        var testDescription: String {
            ["\(type)", place.map { "\($0)" }, target].compactMap(\.self).joined(separator: " ")
        }
    }

    static let hooks: [Hook] = plain + typed

    private static let typed: [Hook] = [
        Hook(type: .tracing, place: .traceRawTracepoint, target: "sched_switch"),
        Hook(type: .tracing, place: .traceIterator, target: "task"),
    ]

    private static let plain: [Hook] =
        [
            .socketFilter, .kprobe, .schedulerClassifier, .schedulerAction, .tracepoint, .xdp,
            .perfEvent, .lwtIn, .lwtOut, .lwtTransmit, .lwtSeg6Local, .socketOperations,
            .socketSKB, .socketMessage, .rawTracepoint, .rawTracepointWritable, .cgroupDevice,
            .cgroupSysctl, .flowDissector,
        ].map { Hook(type: $0) }
        + [
            .cgroupInetIngress, .cgroupInetEgress,
        ].map { Hook(type: .cgroupSKB, place: $0) }
        + [
            .cgroupInetSocketCreate, .cgroupInetSocketRelease, .cgroupInet4PostBind,
        ].map { Hook(type: .cgroupSocket, place: $0) }
        + [
            .cgroupInet4Bind, .cgroupInet6Bind, .cgroupInet4Connect, .cgroupInet6Connect,
            .cgroupUDP4SendMessage, .cgroupUDP6SendMessage, .cgroupUDP4ReceiveMessage,
            .cgroupUDP6ReceiveMessage, .cgroupInet4GetPeerName, .cgroupInet6GetPeerName,
            .cgroupInet4GetSocketName, .cgroupInet6GetSocketName, .cgroupUnixConnect,
            .cgroupUnixSendMessage, .cgroupUnixReceiveMessage, .cgroupUnixGetPeerName,
            .cgroupUnixGetSocketName,
        ].map { Hook(type: .cgroupSocketAddress, place: $0) }
        + [
            Hook(type: .cgroupSocketOption, place: .cgroupGetSocketOption),
            Hook(type: .cgroupSocketOption, place: .cgroupSetSocketOption),
            Hook(type: .socketLookup, place: .socketLookup),
            Hook(type: .socketReusePort, place: .socketReusePortSelect),
            Hook(type: .netfilter, place: .netfilter),
            Hook(type: .kprobe, place: .traceKprobeSession),
            Hook(type: .kprobe, place: .traceUprobeSession),
            Hook(type: .kprobe, place: .traceKprobeMulti),
        ]

    /// Ends of programs: numbers, one of which only 32 bits are known, and none at all.
    private static let numbers: [Int64] = [-4096, -4095, -1, 0, 1, 2, 3, 4, 1 << 32]

    private func accepts(
        _ hook: Hook, target: TypeID, index: UInt32?, _ assembly: String
    ) throws -> Bool {
        let question = KernelOracle.Question(
            type: hook.type, place: index ?? hook.place?.rawValue ?? 0, target: target,
            flags: hook.type == .syscall ? .sleepable : [], assembly: assembly)
        do {
            try KernelOracle.load(question, logSize: 1 << 16)
            return true
        } catch let refusal as KernelOracle.Refusal
            where refusal.errno == .invalidArgument
            || refusal.errno == .accessDenied
        {
            #expect(!refusal.log.isEmpty, "\(hook.testDescription)")
            return false
        }
    }

    private func check(
        _ hook: Hook, _ rule: ReturnRule, target: TypeID, index: UInt32? = nil
    ) throws {
        let name = hook.testDescription
        for number in Self.numbers {
            let allowed =
                switch rule {
                case .unread, .anything: true
                case .within(let range, is32Bit: false): range.contains(number)
                case .within(let range, is32Bit: true):
                    range.contains(Int64(Int32(truncatingIfNeeded: number)))
                case .acquired: number == 0
                case .never: false
                }
            let found = try accepts(
                hook, target: target, index: index, "r0 = \(number) ll\nexit")
            #expect(found == allowed, "\(name): \(number)")
        }
        let unset = try accepts(hook, target: target, index: index, "exit")
        #expect(unset == (rule == .unread), "\(name): r0 is not set")
        let pointer = try accepts(hook, target: target, index: index, "r0 = r10\nexit")
        #expect(pointer == (rule == .unread || rule == .anything), "\(name): r0 is a pointer")
    }

    @Test(arguments: hooks)
    func `programs may return what the kernel lets them`(_ hook: Hook) throws {
        let types = try KernelOracle.types()
        let target = try HookTarget.find(hook.type, hook.place, hook.target, in: types)
        let rule = ReturnRule(hook.type, hook.place, target, in: types)
        try check(hook, rule, target: target?.type ?? .void)
    }

    @Test(arguments: ["tcp_congestion_ops", "bpf_dummy_ops"])
    func `members of structs may return what the kernel lets them`(_ structure: String) throws {
        let types = try KernelOracle.types()
        let id = try #require(types.first(named: structure, kind: .structure))
        for (index, member) in try types.members(of: id).enumerated() {
            guard (try? types.prototype(of: member.type)) != nil, member.name != "get_info"
            else { continue }
            let target = try HookTarget.operation(member.name, of: structure, in: types)
            let hook = Hook(type: .structOperations, target: "\(structure).\(member.name)")
            let rule = ReturnRule(.structOperations, nil, target, in: types)
            try check(hook, rule, target: target.type, index: UInt32(index))
        }
    }
}
