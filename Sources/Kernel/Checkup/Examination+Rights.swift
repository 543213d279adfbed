import EBPFBytecode

extension Examination {
    /// What the process may do.
    var rights: [Finding] {
        [capabilities, unprivileged, namespace, lockdown, memory, perfEvents].compactMap { $0 }
    }

    private var capabilities: Finding {
        let subject = "capabilities"
        guard let capabilities = situation.capabilities
        else { return limited(subject, "they are hidden: /proc is not mounted") }
        let isRoot = capabilities.contains(.systemAdministration)
        let wanted: Capabilities = [.bpf, .performanceMonitoring, .networkAdministration]
        let lacking = isRoot ? wanted.intersection([.networkAdministration]) : wanted
        let missing = lacking.subtracting(capabilities)
        let names = capabilities.intersection(.all).names.joined(separator: ", ")
        guard !missing.isEmpty
        else { return good(subject, names) }
        return limited(
            subject,
            (names.isEmpty ? "none" : names) + "; missing: "
                + missing.names.joined(separator: ", "),
            Obstacle.missingCapabilities([missing]).remedy)
    }

    private var unprivileged: Finding? {
        let subject = "unprivileged use"
        switch situation.unprivilegedBPFDisabled {
        case 0?:
            return limited(
                subject, "every process may load socket filters (unprivileged_bpf_disabled is 0)",
                "sysctl kernel.unprivileged_bpf_disabled=2 keeps strangers out")
        case let level?: return good(subject, "off (unprivileged_bpf_disabled is \(level))")
        case nil: return nil
        }
    }

    private var namespace: Finding? {
        guard situation.isInInitialUserNamespace == false else { return nil }
        return limited(
            "user namespace", Obstacle.userNamespace.description, Obstacle.userNamespace.remedy)
    }

    private var lockdown: Finding {
        switch situation.lockdown {
        case .none: good("lockdown", "none")
        case .integrity:
            good("lockdown", "integrity: programs may not write to user memory or the kernel's")
        case .confidentiality:
            limited(
                "lockdown", "confidentiality: programs may not read the kernel's memory",
                Obstacle.lockdown(.confidentiality).remedy)
        }
    }

    private var memory: Finding {
        let subject = "memory"
        if features.ability(.groupMemory) == .yes {
            return good(subject, "charged to control groups; RLIMIT_MEMLOCK does not matter")
        }
        guard let limit = situation.lockedMemoryLimit, !situation.has(anyOf: .resources)
        else { return good(subject, "RLIMIT_MEMLOCK is no limit") }
        let obstacle = Obstacle.lockedMemory(limit: limit)
        return limited(subject, obstacle.description, obstacle.remedy)
    }

    private var perfEvents: Finding? {
        guard let level = situation.perfEventParanoid else { return nil }
        let subject = "perf events"
        guard level > 1, !situation.has(anyOf: [.performanceMonitoring, .systemAdministration])
        else { return good(subject, "allowed (perf_event_paranoid is \(level))") }
        let obstacle = Obstacle.perfEventParanoid(level: level)
        return limited(subject, obstacle.description, obstacle.remedy)
    }
}
