import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// What is refused because of what a program is for, compared with what the kernel refuses.
@Suite(.liveKernel) struct AttachRulesTests {
    /// Kinds that this kernel has, and lets be loaded without a target.
    static let types: [ProgramType] = ProgramType.allCases.filter {
        ![.unspecified, .tracing, .lsm, .programExtension, .structOperations, .lircMode2]
            .contains($0)
    }

    private func accepts(
        _ type: ProgramType, _ place: AttachType?, _ flags: ProgramFlags
    ) throws -> Bool {
        let rule = ReturnRule(type, AttachRules.place(of: type, place), nil, in: nil)
        let answer: Int64 = if case .within(let range, _) = rule { range.lowerBound } else { 0 }
        let question = KernelOracle.Question(
            type: type, place: place?.rawValue ?? 0, target: .void, flags: flags,
            assembly: "r0 = \(answer)\nexit")
        do {
            try KernelOracle.load(question, logSize: 1 << 14)
            return true
        } catch let refusal as KernelOracle.Refusal where refusal.errno == .invalidArgument {
            return false
        }
    }

    private func allows(_ rules: AttachRules) -> Bool {
        do throws(TypeFault) {
            try rules.check()
            return true
        } catch {
            return false
        }
    }

    @Test(arguments: types)
    func `attach types are those that the kernel takes`(_ type: ProgramType) throws {
        let flags: ProgramFlags = type == .syscall ? .sleepable : []
        for place in [nil] + AttachType.allCases.map(Optional.some) {
            // Later kernels have more of them.
            guard (place?.since ?? KernelVersion(3, 18)) <= KernelVersion(6, 18) else { continue }
            // Number 0 is what programs have that say nothing.
            guard place != .cgroupInetIngress || type == .cgroupSKB else { continue }
            let rules = AttachRules(
                type: type, place: place, flags: flags, isFree: true, target: nil)
            #expect(
                allows(rules) == (try accepts(type, place, flags)),
                "\(place.map { "\($0)" } ?? "none")")
        }
    }

    @Test(arguments: types)
    func `programs may sleep where the kernel lets them`(_ type: ProgramType) throws {
        let place: AttachType? =
            switch type {
            case .cgroupSocketAddress: .cgroupInet4Connect
            case .cgroupSocketOption: .cgroupGetSocketOption
            case .socketLookup: .socketLookup
            case .netfilter: .netfilter
            default: nil
            }
        for flags in [[], ProgramFlags.sleepable] {
            let rules = AttachRules(
                type: type, place: place, flags: flags, isFree: true, target: nil)
            #expect(allows(rules) == (try accepts(type, place, flags)), "\(flags.rawValue)")
        }
    }

    @Test(arguments: ["tcp_congestion_ops", "bpf_dummy_ops"], [true, false])
    func `members of structs are allowed as the kernel allows them`(
        _ structure: String, _ sleeps: Bool
    ) throws {
        let types = try KernelOracle.types()
        let id = try #require(types.first(named: structure, kind: .structure))
        for (index, member) in try types.members(of: id).enumerated() {
            for license in ["GPL", "MIT"] {
                let flags: ProgramFlags = sleeps ? .sleepable : []
                let question = KernelOracle.Question(
                    type: .structOperations, place: UInt32(index), target: id, flags: flags,
                    license: license, assembly: "r0 = 0\nexit")
                let isTaken = (try? KernelOracle.load(question)) != nil
                var isAllowed = false
                if let target = try? HookTarget.operation(member.name, of: structure, in: types) {
                    isAllowed = allows(
                        AttachRules(
                            type: .structOperations, place: nil, flags: flags,
                            isFree: license == "GPL", target: target))
                }
                #expect(isAllowed == isTaken, "\(structure).\(member.name), \(license)")
            }
        }
    }

    /// What this machine's kernel does not answer, as Linux 6.12 does in a guest.
    @Test(
        arguments: [
            ("lsm/file_open", [], true, nil),
            ("lsm/file_open", .sleepable, true, nil),
            ("lsm/task_free", .sleepable, true, .sleeping),
            ("lsm/file_open", [], false, .licenseRequired),
            ("lsm/getprocattr", [], true, .attachTarget),
            ("lsm/vm_enough_memory", [], true, .attachTarget),
            ("fentry/migrate_disable", [], false, .attachTarget),
            ("fentry/do_exit", [], false, nil),
            ("fexit/do_exit", [], false, .attachTarget),
            ("fmod_ret/security_file_open", [], false, nil),
            ("fmod_ret/do_exit", [], false, .attachTarget),
            ("fmod_ret/vfs_read", [], false, .attachTarget),
            ("fmod_ret/bpf_modify_return_test", [], false, nil),
            ("fentry/bpf_fentry_test1", .sleepable, false, nil),
            ("fentry/vfs_read", .sleepable, false, .sleeping),
            ("fentry/_printk", [], false, .attachTarget),
            ("lsm/task_to_inode", .sleepable, true, .sleeping),
            ("lsm/is_trusted", [], true, .attachTarget),
            ("fmod_ret/__x64_sys_setuid", [], false, nil),
            ("fentry/__x64_sys_setuid", .sleepable, false, nil),
            ("fentry/do_exit", .sleepable, false, .sleeping),
        ] as [(String, ProgramFlags, Bool, Rejection.Code?)])
    func `targets are allowed by their names`(
        _ name: String, _ flags: ProgramFlags, _ isFree: Bool, _ code: Rejection.Code?
    ) throws {
        let kernel = try KernelOracle.types()
        let parts = name.split(separator: "/").map(String.init)
        let places: [String: AttachType] = [
            "lsm": .lsmMAC, "fentry": .traceFunctionEntry, "fexit": .traceFunctionExit,
            "fmod_ret": .modifyReturn,
        ]
        let type: ProgramType = parts[0] == "lsm" ? .lsm : .tracing
        let place = try #require(places[parts[0]])
        let target = try HookTarget.find(type, place, parts[1], in: kernel)
        let rules = AttachRules(
            type: type, place: place, flags: flags, isFree: isFree, target: target)
        var found: Rejection.Code?
        do throws(TypeFault) {
            try rules.check()
        } catch {
            found = error.code
        }
        #expect(found == code)
    }
}
