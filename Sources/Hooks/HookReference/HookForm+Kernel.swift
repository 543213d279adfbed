import EBPFBytecode
import EBPFKernel
import EBPFObjectFile

extension HookForm {
    /// Functions, tracepoints, events and objects of the kernel, functions of applications.
    static let kernel: [HookForm] = [
        .section("tracepoint", "GROUP:NAME", [.tracepoint], "a tracepoint's record"),
        .section("raw_tracepoint", "NAME", rawTracepoints, "a tracepoint's arguments"),
        .section("raw_tp", "NAME", rawTracepoints, "a tracepoint's arguments"),
        .section("kprobe", "FUNCTION[+OFFSET]", [.kprobe], "a kernel function's entry"),
        .section("kretprobe", "FUNCTION", [.kprobe], "a kernel function's return"),
        .section("kprobe.multi", "PATTERN", [.kprobe], "the entries of kernel functions"),
        .section("kretprobe.multi", "PATTERN", [.kprobe], "the returns of kernel functions"),
        .section("kprobe.session", "PATTERN", [.kprobe], "entries and returns"),
        .section("ksyscall", "CALL", [.kprobe], "a system call's entry"),
        .section("kretsyscall", "CALL", [.kprobe], "a system call's return"),
        .section("uprobe", "BINARY:FUNCTION[+OFFSET]", [.kprobe], "a function's entry"),
        .section("uretprobe", "BINARY:FUNCTION", [.kprobe], "a function's return"),
        .section("uprobe.multi", "BINARY:PATTERN", [.kprobe], "the entries of functions"),
        .section("uretprobe.multi", "BINARY:PATTERN", [.kprobe], "the returns of functions"),
        .section("uprobe.session", "BINARY:PATTERN", [.kprobe], "entries and returns"),
        .section("usdt", "BINARY:PROVIDER:NAME", [.kprobe], "an application's tracepoint"),
        .loaded("tp_btf", "TRACEPOINT", [.tracing], "a tracepoint's typed arguments"),
        .loaded("fentry", "FUNCTION", [.tracing], "a kernel function's entry, typed"),
        .loaded("fexit", "FUNCTION", [.tracing], "a kernel function's return, typed"),
        .loaded("fmod_ret", "FUNCTION", [.tracing], "a kernel function's result, changed"),
        .loaded("lsm", "HOOK", [.lsm], "a security hook"),
        .loaded("freplace", "FUNCTION", [.programExtension], "a program's function, replaced"),
        .loaded("iter", "KIND", [.tracing], "the kernel's objects of a kind"),
    ]

    private static let rawTracepoints: [ProgramType] = [.rawTracepoint, .rawTracepointWritable]

    /// A form that a section's name has, too.
    private static func section(
        _ name: String, _ target: String, _ types: [ProgramType], _ summary: String
    ) -> HookForm {
        HookForm(name, target, types, summary, section: name + "/_") {
            program, place, options throws(KernelError) in
            try program.attach(at: try point(name, place, "attaching \(program)"), options)
        }
    }

    /// A form whose place is a part of the program before it is loaded.
    private static func loaded(
        _ name: String, _ target: String, _ types: [ProgramType], _ summary: String
    ) -> HookForm {
        HookForm(name, target, types, summary, section: name + "/_") {
            program, place, options throws(KernelError) in
            if let spec = program.spec, spec.attachTarget != place {
                throw KernelError(
                    "attaching \(program) to \(name):\(place)", .invalidArgument,
                    reason: "it was loaded for \(spec.attachTarget ?? "another place")",
                    remedy: "set attachTarget to \"\(place)\" before it is loaded")
            }
            return try program.attach(at: try point(name, place, "attaching \(program)"), options)
        }
    }

    /// The place that a form's name and target say, by the rules of sections.
    private static func point(
        _ name: String, _ target: String, _ action: String
    ) throws(KernelError) -> SectionName.AttachPoint {
        let isTracepoint = name == "tracepoint"
        let target = isTracepoint ? String(target.map { $0 == ":" ? "/" : $0 }) : target
        do throws(SectionName.MalformedTarget) {
            if let point = try SectionName("\(name)/\(target)")?.attachPoint() { return point }
        } catch {
            throw KernelError(
                "\(action) to \(name):\(target)", .invalidArgument,
                reason: "that is not a place",
                remedy: HookForm.all.first { $0.name == name }.map { "write \($0.usage)" })
        }
        throw KernelError(
            "\(action) to \(name):\(target)", .invalidArgument, reason: "that is not a place")
    }
}
