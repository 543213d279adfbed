import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// What the kernel refuses before it looks at any instruction, because of what a program is for.
struct AttachRules {
    let type: ProgramType
    let place: AttachType?
    let flags: ProgramFlags
    /// Whether the licence is compatible with the GPL.
    let isFree: Bool
    let target: HookTarget?

    /// Checks all rules, in the kernel's order.
    ///
    /// - Throws: ``TypeFault``; its code is ``Rejection/Code/attachTarget``,
    ///   ``Rejection/Code/sleeping`` or ``Rejection/Code/licenseRequired``.
    func check() throws(TypeFault) {
        try checkPlace()
        try checkSleeping()
        switch type {
        case .structOperations: try checkOperation()
        case .lsm, .tracing: try checkTarget()
        default: break
        }
    }

    /// The attach type that counts where the program says none.
    static func place(of type: ProgramType, _ place: AttachType?) -> AttachType? {
        switch (type, place) {
        case (.cgroupSocket, nil), (.cgroupSocket, .cgroupInetIngress): .cgroupInetSocketCreate
        case (.socketReusePort, nil), (.socketReusePort, .cgroupInetIngress):
            .socketReusePortSelect
        // Number 0 is a place, too.
        case (.cgroupSKB, nil): .cgroupInetIngress
        default: place
        }
    }

    // MARK: Attach types

    private func checkPlace() throws(TypeFault) {
        guard let allowed = Self.places[type] else { return }
        let found = Self.place(of: type, place)
        if let found, allowed.contains(found) { return }
        if found == nil, allowed.isEmpty { return }
        let names = allowed.map(\.name).joined(separator: ", ")
        throw TypeFault(
            .attachTarget,
            found.map { "\(type) programs cannot have the attach type \($0)" }
                ?? "\(type) programs need an attach type",
            suggestion: allowed.isEmpty ? "give none" : "it is one of \(names)")
    }

    /// The attach types of program types that need one; other types may have any.
    private static let places: [ProgramType: [AttachType]] = [
        .cgroupSKB: [.cgroupInetIngress, .cgroupInetEgress],
        .cgroupSocket: [
            .cgroupInetSocketCreate, .cgroupInetSocketRelease, .cgroupInet4PostBind,
            .cgroupInet6PostBind,
        ],
        .cgroupSocketAddress: [
            .cgroupInet4Bind, .cgroupInet6Bind, .cgroupInet4Connect, .cgroupInet6Connect,
            .cgroupUnixConnect, .cgroupInet4GetPeerName, .cgroupInet6GetPeerName,
            .cgroupUnixGetPeerName, .cgroupInet4GetSocketName, .cgroupInet6GetSocketName,
            .cgroupUnixGetSocketName, .cgroupUDP4SendMessage, .cgroupUDP6SendMessage,
            .cgroupUnixSendMessage, .cgroupUDP4ReceiveMessage, .cgroupUDP6ReceiveMessage,
            .cgroupUnixReceiveMessage,
        ],
        .cgroupSocketOption: [.cgroupGetSocketOption, .cgroupSetSocketOption],
        .socketReusePort: [.socketReusePortSelect, .socketReusePortSelectOrMigrate],
        .socketLookup: [.socketLookup],
        .netfilter: [.netfilter],
        .syscall: [],
        .programExtension: [],
        .tracing: [
            .traceRawTracepoint, .traceFunctionEntry, .traceFunctionExit, .modifyReturn,
            .traceIterator,
        ],
        .lsm: [.lsmMAC, .lsmCgroup],
    ]

    // MARK: Sleeping

    private func checkSleeping() throws(TypeFault) {
        let sleeps = flags.contains(.sleepable)
        if type == .syscall {
            guard !sleeps else { return }
            throw TypeFault(
                .sleeping, "syscall programs always run where they may sleep",
                suggestion: "load it as sleepable: ProgramFlags.sleepable (BPF_F_SLEEPABLE)")
        }
        guard sleeps else { return }
        switch (type, place) {
        case (.tracing, .traceFunctionEntry), (.tracing, .traceFunctionExit),
            (.tracing, .modifyReturn), (.tracing, .traceIterator), (.lsm, _), (.kprobe, _),
            (.structOperations, _):
            return
        default:
            throw TypeFault(
                .sleeping, "\(type) programs run where nothing may sleep",
                suggestion: "only programs at functions, security hooks, iterators, uprobes, "
                    + "members of structs and syscall programs can be sleepable")
        }
    }

    // MARK: Targets

    private func checkOperation() throws(TypeFault) {
        guard isFree else { throw needsLicense("programs that are members of structs") }
        guard let target, case .operation(let structure, _) = target.kind else { return }
        let path = "\(structure).\(target.name)"
        if Self.ownOperations.contains(path) {
            throw TypeFault(.attachTarget, "the kernel never calls \(path) of programs")
        }
        if flags.contains(.sleepable), structure == "bpf_dummy_ops",
            target.name != "test_sleepable"
        {
            throw TypeFault(.attachTarget, "\(path) is called where nothing may sleep")
        }
    }

    /// Members that the kernel has no stub for, so that programs cannot be them.
    private static let ownOperations: Set<String> = ["tcp_congestion_ops.get_info"]

    private func checkTarget() throws(TypeFault) {
        guard let target else { return }
        let name = target.name
        if type == .tracing, target.kind == .iterator {
            // Other functions have such names, too, but no iterator's argument.
            guard target.prototype.parameters.first?.name == "meta" else {
                throw TypeFault(.attachTarget, "bpf_iter_\(name) is not an iterator")
            }
            return
        }
        guard target.kind != .tracepoint else { return }
        if let obstacle = target.obstacle { throw obstacle }
        if flags.contains(.sleepable) {
            let may = type == .lsm ? SecurityHooks.maySleep(name) : TracedFunctions.maySleep(name)
            guard may else {
                throw TypeFault(
                    .sleeping, "\(name) is called where nothing may sleep",
                    suggestion: "leave the .s of the section away")
            }
        } else if place == .modifyReturn, !TracedFunctions.isModifiable(name) {
            throw TypeFault(
                .attachTarget, "what \(name) returns cannot be changed",
                suggestion: "only system calls, security_…() and functions that are open to "
                    + "error injection can be changed")
        }
        if type == .lsm {
            guard isFree else { throw needsLicense("programs at security hooks") }
            if SecurityHooks.isDisabled(name) || SecurityHooks.isNone(name) {
                throw TypeFault(.attachTarget, "no program can be attached to \(name)")
            }
        } else if TracedFunctions.isForbidden(name) {
            throw TypeFault(
                .attachTarget, "\(name) runs around every program, so none can be attached to it")
        } else if place != .traceFunctionEntry, TracedFunctions.neverReturns(name) {
            throw TypeFault(
                .attachTarget, "\(name) never returns, so nothing can run after it",
                suggestion: "use fentry/\(name)")
        }
    }

    private func needsLicense(_ what: String) -> TypeFault {
        TypeFault(.licenseRequired, "\(what) must be under the GPL")
    }
}
