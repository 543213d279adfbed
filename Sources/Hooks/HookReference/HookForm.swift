public import EBPFBytecode
import EBPFKernel
import EBPFObjectFile

/// A way to write a hook: `xdp:INTERFACE`, `tracepoint:GROUP:NAME`.
///
/// Each kind of hook adds rows beside its code; ``all`` is the whole table.
public struct HookForm: Sendable {
    /// The word in front of the colon: `xdp`, `tcx/ingress`.
    public let name: String
    /// What follows it: `INTERFACE`; empty for nothing.
    public let target: String
    /// What it means, in a few words.
    public let summary: String
    /// The kinds of programs that it takes.
    public let programTypes: [ProgramType]
    /// The section that stands for it, where the place is a part of the program before it is
    /// loaded.
    let section: String?
    /// Attaches a program to the target.
    let attach: Attaching

    typealias Attaching =
        @Sendable (KernelProgram, String, AttachOptions) throws(KernelError) -> Link

    init(
        _ name: String, _ target: String, _ programTypes: [ProgramType], _ summary: String,
        section: String? = nil, attach: @escaping Attaching
    ) {
        self.name = name
        self.target = target
        self.summary = summary
        self.programTypes = programTypes
        self.section = section
        self.attach = attach
    }

    /// Every form.
    public static let all: [HookForm] = kernel + perfEvents + network + controlGroups + sockets

    /// How the form is written: `xdp:INTERFACE`.
    public var usage: String { target.isEmpty ? name : "\(name):\(target)" }

    /// The forms that a program of a kind can be attached by.
    public static func forms(for program: ProgramType, _ attach: AttachType?) -> [HookForm] {
        all.filter { form in
            guard form.programTypes.contains(program) else { return false }
            let section = form.section.flatMap { SectionName($0) }
            guard let wanted = attach, let own = section?.attachType else { return true }
            return own == wanted
        }
    }

    /// What to do with a program that does not say where it belongs.
    static func suggestion(for program: KernelProgram) -> String? {
        let fitting = forms(for: program.type, program.spec?.attachType)
        let own = fitting.filter { form in
            program.spec.flatMap { SectionName(legacy: $0.section) }?.definition.name == form.name
        }
        let usages = (own.isEmpty ? fitting : own).map(\.usage)
        return usages.isEmpty ? nil : "name the hook: " + usages.joined(separator: ", ")
    }
}
