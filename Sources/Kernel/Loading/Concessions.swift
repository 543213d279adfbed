import EBPFBytecode
import EBPFObjectFile

/// What a program is loaded without on a kernel that does not know it.
struct Concessions: OptionSet {
    let rawValue: UInt8

    /// The name (Linux 4.15).
    static let name = Concessions(rawValue: 1)
    /// The version that the source says: kernels before 5.0 want their own for kprobes.
    static let ownVersion = Concessions(rawValue: 2)
    /// Types of functions, and lines (Linux 5.0).
    static let types = Concessions(rawValue: 4)
    /// Where it is attached, for kinds that older kernels have without it.
    static let attachType = Concessions(rawValue: 8)
}

extension ProgramLoading {
    /// What this program can do without, in the order in which it is tried.
    var concessions: [Concessions] {
        var found: [Concessions] = [.name]
        if spec.type == .kprobe { found.append(.ownVersion) }
        if types.uploaded != nil { found.append(.types) }
        let flags = SectionName(spec.section)?.flags ?? []
        if flags.contains(.optionalAttachType) { found.append(.attachType) }
        return found
    }

    /// The program with the helpers of before Linux 5.5, which read the kernel's memory and the
    /// application's alike; `nil` if it has no use for them or the kernel knows the newer ones.
    func withOlderHelpers() -> ProgramLoading? {
        let older: [HelperID: HelperID] = [
            .probeReadKernel: .probeRead, .probeReadUser: .probeRead,
            .probeReadKernelStr: .probeReadStr, .probeReadUserStr: .probeReadStr,
        ]
        let callOpcode: UInt8 = 0x85
        var loading = self
        var isChanged = false
        for (slot, instruction) in spec.instructions.enumerated() {
            let isCall = instruction.opcode == callOpcode && instruction.source == 0
            guard isCall,
                let helper = HelperID(rawValue: UInt32(bitPattern: instruction.immediate)),
                let replacement = older[helper]
            else { continue }
            loading.spec.instructions[slot] = .call(replacement)
            isChanged = true
        }
        guard isChanged, !Self.reads(with: .probeReadKernel, system),
            Self.reads(with: .probeRead, system)
        else { return nil }
        return loading
    }

    /// Whether programs may call a helper that reads 8 bytes onto the stack.
    private static func reads(with helper: HelperID, _ system: SystemCalls) -> Bool {
        let copyStackPointer = EncodedInstruction(opcode: 0xbf, destination: 1, source: 10)
        let goDown = EncodedInstruction(opcode: 0x07, destination: 1, immediate: -8)
        return ProbeProgram(
            type: .tracepoint,
            [copyStackPointer, goDown, .move(2, 8), .move(3, 0), .call(helper), .move(0, 0), .exit]
        ).loads(system)
    }
}
