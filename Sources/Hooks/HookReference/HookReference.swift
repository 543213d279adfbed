import EBPFBytecode
public import EBPFKernel
public import EBPFObjectFile

/// A hook as people write it: `xdp:eth0`, `tracepoint:sched:sched_switch`, `kprobe:do_unlinkat`,
/// `uprobe:/bin/bash:readline`, `cgroup:/sys/fs/cgroup/x`, `tcx/ingress:eth0`, and `auto` for what
/// the program's section says.
public struct HookReference: Sendable {
    /// The form it is written in; `nil` for `auto`.
    public let form: HookForm?
    /// What follows the colon.
    public let target: String

    /// What the program's section says.
    public static let automatic = HookReference(form: nil, target: "")

    private init(form: HookForm?, target: String) {
        self.form = form
        self.target = target
    }

    /// Reads a hook.
    ///
    /// - Throws: ``KernelError``; with the closest word if the first is none of ``HookForm/all``.
    public init(_ text: String) throws(KernelError) {
        guard text != "auto" else {
            self = .automatic
            return
        }
        let colon = text.firstIndex(of: ":")
        let name = String(colon.map { text[..<$0] } ?? text[...])
        let rest = colon.map { String(text[text.index(after: $0)...]) } ?? ""
        let action = "reading hook \(text)"
        guard let form = HookForm.all.first(where: { $0.name == name }) else {
            let names = HookForm.all.map(\.name) + ["auto"]
            throw KernelError(
                action, .invalidArgument, reason: "there is no hook \(name)",
                remedy: Spelling.closest(to: name, among: names).map { "did you mean \($0)?" }
                    ?? "one of " + names.joined(separator: ", "))
        }
        let isOptional = form.target.isEmpty || form.target.hasPrefix("[")
        guard isOptional || !rest.isEmpty else {
            throw KernelError(
                action, .invalidArgument, reason: "it names no target",
                remedy: "write \(form.usage)")
        }
        self.init(form: form, target: rest)
    }

    /// Attaches a loaded program.
    ///
    /// - Parameters:
    ///   - program: of a kind that the hook takes.
    ///   - options: a cookie, a process, where the hook takes them.
    /// - Throws: ``KernelError``; also for programs of another kind, and for those that were loaded
    ///   for another place: see ``prepare(_:)``.
    public func attach(
        _ program: KernelProgram, _ options: AttachOptions = AttachOptions()
    ) throws(KernelError) -> Link {
        guard let form else { return try program.attach(options) }
        guard form.programTypes.contains(program.type) else {
            throw KernelError(
                "attaching \(program) to \(self)", .invalidArgument,
                reason: "it is of type \(program.type.name); \(form.name) takes "
                    + form.programTypes.map(\.name).joined(separator: ", "),
                remedy: HookForm.suggestion(for: program))
        }
        return try form.attach(program, target, options)
    }

    /// Makes a program that is not loaded yet one for this hook: typed functions and links on many
    /// functions must be known to the kernel when it loads the program.
    ///
    /// Other programs, and those of another kind, stay as they are.
    public func prepare(_ program: inout ProgramSpec) {
        guard let form, form.programTypes.contains(program.type), let text = form.section,
            let section = SectionName(text)
        else { return }
        program.attachType = section.attachType
        guard section.target != nil else { return }
        program.attachTarget =
            form.name == "tracepoint"
            ? String(target.map { $0 == ":" ? "/" : $0 }) : target
        let sleepable = program.flags.contains(.sleepable) && form.name != "kprobe" ? ".s" : ""
        let name = form.name + sleepable
        let known = SectionName("\(name)/_") == nil ? form.name : name
        program.section = "\(known)/\(program.attachTarget ?? "")"
    }
}

extension HookReference: CustomStringConvertible {
    /// The hook as it is written.
    public var description: String {
        guard let form else { return "auto" }
        return target.isEmpty ? form.name : "\(form.name):\(target)"
    }
}

extension HookReference: Hashable {
    /// Whether they are written the same.
    public static func == (left: HookReference, right: HookReference) -> Bool {
        left.description == right.description
    }

    /// Hashes what is written.
    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
