import EBPFBytecode
import EBPFObjectFile

/// What a kernel that refuses something may be too old for.
///
/// The release only explains what was refused: features are tried, and distributions port them
/// back.
struct ReleaseHints {
    private let release: String
    private let version: EBPFBytecode.KernelVersion?

    init(system: SystemCalls) {
        release = (try? system.text(of: "/proc/sys/kernel/osrelease")) ?? ""
        version = EBPFBytecode.KernelVersion(release)
    }

    /// A sentence about a kind of map; `nil` if the kernel should know it.
    func reason(_ type: MapType) -> String? { reason("maps of type \(type)", type.since) }

    /// A sentence about a kind of program, or about where it attaches.
    func reason(_ type: ProgramType, _ attachType: AttachType?) -> String? {
        reason("programs of type \(type)", type.since)
            ?? attachType.flatMap { reason("attaching to \($0)", $0.since) }
    }

    /// A sentence about the helper that a verifier does not know.
    func reason(unknownHelperIn message: String) -> String? {
        guard message.contains("invalid func") || message.contains("unknown func"),
            let mark = message.firstRange(of: "#"),
            let number = UInt32(message[mark.upperBound...].prefix { $0.isNumber }),
            let helper = Helper(number: number)
        else { return nil }
        return reason("the helper bpf_\(helper.name)", helper.since)
    }

    private func reason(_ what: String, _ since: EBPFBytecode.KernelVersion) -> String? {
        guard let version, version < since else { return nil }
        return "\(what) came with Linux \(since), and this kernel is \(release)"
    }
}
