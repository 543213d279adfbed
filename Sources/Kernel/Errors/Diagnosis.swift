import EBPFBytecode

/// Finds out why the kernel refused something. Each obstacle is checked before it is named.
struct Diagnosis {
    let undertaking: Undertaking
    let errno: KernelErrno
    let system: SystemCalls
    let situation: Situation

    /// What is found out about a failure; nothing is read for errors that say it all themselves.
    static func obstacles(
        _ undertaking: Undertaking, _ errno: KernelErrno, _ system: SystemCalls
    ) -> [Obstacle] {
        switch errno {
        case .notPermitted, .accessDenied, .noSuchCall, .noMemory:
            Diagnosis(
                undertaking: undertaking, errno: errno, system: system,
                situation: Situation(system: system)
            ).obstacles
        default: []
        }
    }

    private var obstacles: [Obstacle] {
        switch errno {
        case .noSuchCall: callObstacles
        case .noMemory: lockedMemory.map { [$0] } ?? []
        case .accessDenied: undertaking == .perfEvent ? rightObstacles + perfEvents : []
        default: permissionObstacles
        }
    }

    // MARK: EPERM

    private var permissionObstacles: [Obstacle] {
        var found = rightObstacles
        if undertaking == .perfEvent || undertaking == .anything { found += perfEvents }
        if isCallFiltered { found.append(.systemCallFilter) }
        guard found.isEmpty else { return found }
        if let lockedMemory { return [lockedMemory] }
        if let lockdown { return [lockdown] }
        if let machineCode { return [machineCode] }
        guard case .load = undertaking, situation.has(anyOf: .systemAdministration)
        else { return [] }
        return [.policy]
    }

    /// Rights that are missing, and the setting that makes them necessary.
    private var rightObstacles: [Obstacle] {
        guard let capabilities = situation.capabilities else { return [] }
        let isOpenToAll = situation.unprivilegedBPFDisabled == 0
        let needed = undertaking.needed(isOpenToAll: isOpenToAll)
        let missing = needed.filter { capabilities.isDisjoint(with: $0) }
        var found: [Obstacle] = []
        if !missing.isEmpty {
            found.append(.missingCapabilities(missing))
        } else if !needed.isEmpty, situation.isInInitialUserNamespace == false {
            found.append(.userNamespace)
        }
        if !found.isEmpty, let level = situation.unprivilegedBPFDisabled, level > 0,
            undertaking.couldBeOpenToAll
        {
            found.append(.unprivilegedDisabled(level: level))
        }
        return found
    }

    private var perfEvents: [Obstacle] {
        guard let level = situation.perfEventParanoid, level > 1,
            !situation.has(anyOf: [.performanceMonitoring, .systemAdministration])
        else { return [] }
        return [.perfEventParanoid(level: level)]
    }

    /// Only programs that read the kernel's memory are locked down, and only at the highest level.
    private var lockdown: Obstacle? {
        guard case .load(let type) = undertaking, type.isForTracing,
            situation.lockdown == .confidentiality
        else { return nil }
        return .lockdown(.confidentiality)
    }

    private var machineCode: Obstacle? {
        guard case .load = undertaking, let limit = situation.jitLimit,
            !situation.has(anyOf: [.bpf, .systemAdministration])
        else { return nil }
        return .machineCodeLimit(limit)
    }

    /// Kernels that charge control groups for maps know a helper that is as old (Linux 5.11).
    private var lockedMemory: Obstacle? {
        guard let limit = situation.lockedMemoryLimit, undertaking.takesMemory,
            !situation.has(anyOf: .resources),
            !ProbeProgram(type: .socketFilter, [.call(.ktimeGetCoarseNs), .exit]).loads(system)
        else { return nil }
        return .lockedMemory(limit: limit)
    }

    // MARK: ENOSYS

    /// The setting exists where bpf(2) was built in; then somebody else answers in its place.
    private var callObstacles: [Obstacle] {
        guard undertaking != .perfEvent && undertaking != .network else { return [] }
        guard situation.unprivilegedBPFDisabled == nil
        else { return situation.hasSystemCallFilter ? [.systemCallFilter] : [] }
        return [.kernelWithout(option: "CONFIG_BPF_SYSCALL")]
    }

    /// Whether a filter answers a command that does not exist otherwise than the kernel would.
    private var isCallFiltered: Bool {
        guard situation.hasSystemCallFilter else { return false }
        let (noSuchCommand, size) = (0x7fff_0000, 8)
        var memory = CallMemory()
        let attributes = memory.buffer(count: size)
        do throws(KernelErrno) {
            try system.call(.bpf, noSuchCommand, Int(attributes), size)
        } catch {
            guard error != .invalidArgument else { return false }
            // Older kernels refuse everything to unprivileged processes before they look at it.
            let isKernelsAnswer =
                error == .notPermitted && situation.unprivilegedBPFDisabled != 0
                && !situation.has(anyOf: [.bpf, .systemAdministration])
            return !isKernelsAnswer
        }
        return false
    }
}

extension Undertaking {
    /// Whether the system could be set up so that everyone may do it.
    fileprivate var couldBeOpenToAll: Bool {
        switch self {
        case .anything: true
        case .load, .create: needed(isOpenToAll: true).isEmpty
        case .inspection, .perfEvent, .network: false
        }
    }

    /// Whether the kernel allocates memory for it that it charged to the process once.
    fileprivate var takesMemory: Bool {
        switch self {
        case .load, .create, .anything: true
        case .inspection, .perfEvent, .network: false
        }
    }
}
