import EBPFBytecode
import EBPFTypeFormat
import Synchronization

/// What the running kernel can do with eBPF, found out by trying, never by its version.
///
/// ```swift
/// if KernelFeatures.shared.mapType(.ringBuffer) == .yes { … }
/// ```
///
/// Each question costs one system call or two the first time; answers are kept as long as the kernel
/// runs. Nothing is attached, and nothing stays.
public final class KernelFeatures: Sendable {
    /// Those of the kernel this process runs on.
    public static let shared = KernelFeatures()

    let system: SystemCalls
    let types: KernelTypes
    private let answers = Mutex<[String: FeatureAnswer]>([:])

    /// Features found through a system; nothing is tried yet.
    public init(system: SystemCalls = .linux) {
        self.system = system
        types = system.isSubstitute ? KernelTypes(system: system) : .shared
    }

    /// The answer to a question that was asked before, or that of `probe`.
    ///
    /// Only what is sure is kept: rights may change.
    func cached(_ question: String, _ probe: () -> FeatureAnswer) -> FeatureAnswer {
        if let known = answers.withLock({ $0[question] }) { return known }
        let answer = probe()
        if answer.reason == nil { answers.withLock { $0[question] = answer } }
        return answer
    }

    /// What is known for sure by now, by question, for keeping it outside of the process.
    public var knownAnswers: [String: Bool] {
        answers.withLock { $0.mapValues { $0 == .yes } }
    }

    /// Takes over what was known in another process of this run of the kernel; what is known here
    /// stays.
    public func assume(_ known: [String: Bool]) {
        answers.withLock { answers in
            answers.merge(known.mapValues { $0 ? .yes : .no }) { own, _ in own }
        }
    }

    /// The identity of this run of the kernel (`/proc/sys/kernel/random/boot_id`), under which
    /// answers may be kept outside of the process; `nil` if it is hidden.
    public var bootID: String? { try? system.text(of: "/proc/sys/kernel/random/boot_id") }

    /// The kernel's own types, if it shows them.
    var kernelTypes: BTF? { try? types.vmlinux() }
}
