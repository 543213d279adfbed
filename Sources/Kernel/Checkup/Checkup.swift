import EBPFBytecode

/// A look at whether, and how well, this process can use eBPF on this system.
///
/// Everything is tried or read, nothing is changed.
public struct Checkup: Sendable {
    /// How it stands with one thing.
    public struct Finding: Hashable, Sendable {
        /// What was looked at, in a word or two.
        public let subject: String
        /// How it stands.
        public let state: State
        /// What was found.
        public let detail: String
        /// What can be done about it; `nil` if nothing needs to be done.
        public let remedy: String?
    }

    /// How something stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// As it should be.
        case good
        /// Some programs do not work, or not as well.
        case limited
        /// Without it, nothing works.
        case missing
    }

    /// The findings, what everything depends on first.
    public let findings: [Finding]

    /// Whether programs can be loaded at all.
    public var isUsable: Bool { !findings.contains { $0.state == .missing } }

    /// Looks at everything.
    public init(system: SystemCalls = .linux) {
        let features = system.isSubstitute ? KernelFeatures(system: system) : .shared
        let examination = Examination(
            system: system, features: features, situation: Situation(system: system),
            mounts: Mount.all(system))
        findings =
            [examination.kernel, examination.call, examination.loading]
            + examination.rights + examination.machineCode + examination.environment
            + examination.hooks
    }
}

/// What a checkup is made from.
struct Examination {
    typealias Finding = Checkup.Finding

    let system: SystemCalls
    let features: KernelFeatures
    let situation: Situation
    let mounts: [Mount]

    func good(_ subject: String, _ detail: String) -> Finding {
        Finding(subject: subject, state: .good, detail: detail, remedy: nil)
    }

    func limited(_ subject: String, _ detail: String, _ remedy: String? = nil) -> Finding {
        Finding(subject: subject, state: .limited, detail: detail, remedy: remedy)
    }

    // MARK: What everything depends on

    var kernel: Finding {
        let release = situation.release
        guard !release.isEmpty else {
            return limited("kernel", "its release is hidden: /proc is not mounted")
        }
        guard let version = KernelVersion(release) else {
            return good("kernel", "Linux \(release)")
        }
        let oldestWithEverydayNeeds = KernelVersion(5, 8)
        guard version < oldestWithEverydayNeeds else { return good("kernel", "Linux \(release)") }
        return limited(
            "kernel", "Linux \(release) is older than ring buffers, CAP_BPF and most links (5.8)",
            "use a newer kernel; `ebpf feature probe` shows what this one has")
    }

    /// A map is the least that one can ask for.
    var call: Finding {
        var attributes = MapCreateAttributes()
        attributes.type = MapType.array.rawValue
        (attributes.keySize, attributes.valueSize, attributes.maxEntries) = (4, 4, 1)
        do throws(KernelErrno) {
            _ = try system.openBPF(.mapCreate, &attributes)
            return good("bpf(2)", "maps can be made")
        } catch {
            return missing("bpf(2)", "making a map", error, .create(.array))
        }
    }

    var loading: Finding {
        do throws(KernelErrno) {
            _ = try ProbeProgram(type: .socketFilter, [.move(0, 0), .exit]).load(system)
            return good("programs", "programs can be loaded")
        } catch {
            return missing("programs", "loading a program", error, .load(.socketFilter))
        }
    }

    private func missing(
        _ subject: String, _ action: String, _ errno: KernelErrno, _ undertaking: Undertaking
    ) -> Finding {
        let failure = KernelError(action, errno, diagnosing: undertaking, on: system)
        let reason = failure.reason ?? errno.meaning
        return Finding(
            subject: subject, state: .missing,
            detail: "\(action): \(errno.name)" + (reason.map { ": " + $0 } ?? ""),
            remedy: failure.remedy)
    }
}
