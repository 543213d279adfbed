import ArgumentParser
import EBPFBytecode
import EBPFTypeFormat

/// `ebpf generate raw-tracepoint`: the arguments of raw tracepoints by their names.
struct GenerateRawTracepointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "raw-tracepoint",
        abstract: "Writes the arguments of raw tracepoints by name, for RawTracepointContext.",
        discussion: """
            ebpf generate raw-tracepoint sched_process_exec
            ebpf generate raw-tracepoint sched_switch -o Switch.swift

            Names and types are those of the kernel's type information.
            """)

    @Argument(help: "Raw tracepoints, without a group.")
    var names: [String]

    @Option(
        help: ArgumentHelp("vmlinux, a module, id:NUMBER, or a file.", valueName: "source"))
    var btf = "vmlinux"

    @OptionGroup
    var destination: GenerateOutput

    func validate() throws {
        guard !names.isEmpty else { throw ValidationError("name a raw tracepoint") }
    }

    func run() throws {
        let types = try TypesFile.read(btf)
        var texts: [String] = []
        for name in names {
            // A group is allowed, for it is what `perf list` shows.
            let plain = name.split { ":/".contains($0) }.last.map(String.init) ?? name
            guard let text = try types.swiftArguments(ofRawTracepoint: plain) else {
                throw Failure(
                    message: "\(btf): there is no raw tracepoint \"\(plain)\""
                        + Spelling.suggestion(for: plain, among: types.rawTracepoints))
            }
            texts.append(text)
        }
        try destination.write(texts.joined(separator: "\n"))
    }
}
