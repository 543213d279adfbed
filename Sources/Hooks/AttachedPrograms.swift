import EBPFBytecode
import EBPFKernel

/// The programs on a hook, in the order in which they run (`BPF_PROG_QUERY`).
public struct AttachedPrograms: Hashable, Sendable {
    /// A program on a hook.
    public struct Entry: Hashable, Sendable {
        /// The program's number.
        public let program: UInt32
        /// The number of the link that holds it; `nil` if it was attached without, or if the
        /// kernel does not tell.
        public let link: UInt32?
        /// How it was attached (`BPF_F_…`), where the kernel tells.
        public let flags: UInt32
    }

    /// The programs.
    public var entries: [Entry]
    /// How programs share the hook (`BPF_F_ALLOW_OVERRIDE`, `BPF_F_ALLOW_MULTI`); control groups.
    public var flags: UInt32
    /// Grows with every change of the hook, where it has an order; else 0.
    public var revision: UInt64
}

extension SystemCalls {
    /// Asks what is attached to a hook.
    ///
    /// - Parameters:
    ///   - target: a descriptor, or an interface's number.
    ///   - effective: whether to include what a control group has from those above it.
    /// - Throws: the kernel's error number.
    func attachedPrograms(
        target: UInt32, _ attachType: AttachType, effective: Bool = false
    ) throws(KernelErrno) -> AttachedPrograms {
        var room = 64
        while true {
            do throws(KernelErrno) {
                return try attachedPrograms(target, attachType, effective, room: room)
            } catch {
                guard error == .noSpace, room < 1 << 16 else { throw error }
                room *= 4
            }
        }
    }

    /// What is attached to a hook of something that is open: a control group, a namespace.
    ///
    /// - Returns: `nil` if the kernel has no such hook.
    /// - Throws: ``KernelError`` that calls it `place`.
    func attachedPrograms(
        at hook: AttachType, of target: UInt32, _ place: String, effective: Bool = false
    ) throws(KernelError) -> AttachedPrograms? {
        do throws(KernelErrno) {
            return try attachedPrograms(target: target, hook, effective: effective)
        } catch {
            guard error == .invalidArgument else {
                throw KernelError(
                    "listing the programs at \(hook.name) of \(place)", error,
                    diagnosing: .network, on: self)
            }
            return nil
        }
    }

    private func attachedPrograms(
        _ target: UInt32, _ attachType: AttachType, _ effective: Bool, room: Int
    ) throws(KernelErrno) -> AttachedPrograms {
        // Control groups refuse to be asked for links, and tell flags only for their own programs.
        let hasLinks = [.tcxIngress, .tcxEgress, .netkitPrimary, .netkitPeer].contains(attachType)
        var memory = CallMemory()
        var attributes = ProgramQueryAttributes()
        attributes.target = target
        attributes.attachType = attachType.rawValue
        attributes.queryFlags = effective ? 1 : 0
        attributes.programs = memory.buffer(count: room * 4)
        attributes.count = UInt32(room)
        if hasLinks { attributes.links = memory.buffer(count: room * 4) }
        try bpf(.programQuery, &attributes)
        let count = Int(attributes.count)
        let programs = memory.contents(of: attributes.programs, count: count * 4)[...]
        let links = memory.contents(of: attributes.links, count: count * 4)[...]
        let entries = (0..<min(count, room)).map { index in
            let link: UInt32 = links.number(at: index * 4) ?? 0
            return AttachedPrograms.Entry(
                program: programs.number(at: index * 4) ?? 0, link: link == 0 ? nil : link,
                flags: 0)
        }
        return AttachedPrograms(
            entries: entries, flags: attributes.attachFlags, revision: attributes.revision)
    }
}
