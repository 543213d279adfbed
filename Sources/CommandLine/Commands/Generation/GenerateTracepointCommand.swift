import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTypeFormat

/// `ebpf generate tracepoint`: structs with what tracepoints record.
struct GenerateTracepointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tracepoint",
        abstract: "Writes what tracepoints record as Swift structs, for TracepointContext.",
        discussion: """
            ebpf generate tracepoint sched:sched_process_exec
            ebpf generate tracepoint syscalls:sys_enter_execve sock:inet_sock_set_state \\
                -o Tracepoints.swift

            The fields are those that tracefs tells, which takes root, or else those of the type \
            trace_event_raw_NAME of the kernel.
            """)

    @Argument(help: "Tracepoints: GROUP:NAME.")
    var names: [String]

    @Option(
        help: ArgumentHelp(
            "The text of a tracepoint's format, from another machine.", valueName: "file"))
    var format: String?

    @OptionGroup
    var destination: GenerateOutput

    @Flag(help: "Print the fields as JSON.")
    var json = false

    func validate() throws {
        guard !names.isEmpty else { throw ValidationError("name a tracepoint: GROUP:NAME") }
        guard format == nil || names.count == 1
        else { throw ValidationError("one --format is for one tracepoint") }
    }

    func run() throws {
        let formats = try names.map { try read($0) }
        if json {
            let reports = formats.map(Self.report)
            return Terminal.say((reports.count == 1 ? reports[0] : .array(reports)).indented)
        }
        let texts = formats.map(\.swiftDeclaration)
        try destination.write((["import EBPFProgram\n"] + texts).joined(separator: "\n"))
    }

    private func read(_ name: String) throws -> TracepointFormat {
        let parts = name.split(maxSplits: 1, whereSeparator: { ":/".contains($0) }).map(String.init)
        guard parts.count == 2 else {
            throw Failure(
                message: "\(name): a tracepoint has a group and a name: sched:sched_switch")
        }
        if let format {
            let text = try SystemCalls.linux.text(of: format)
            return try TracepointFormat(group: parts[0], name: parts[1], text: text)
        }
        do throws(KernelError) {
            return try Tracefs().format(ofTracepoint: parts[1], in: parts[0])
        } catch {
            // Without rights for tracefs, the kernel's types may tell.
            guard error.errno != .noEntry, error.errno != .invalidArgument,
                let types = try? KernelTypes.shared.vmlinux(),
                let format = try TracepointFormat(group: parts[0], name: parts[1], types: types)
            else { throw error }
            return format
        }
    }

    private static func report(_ format: TracepointFormat) -> JSONValue {
        .object([
            .init("group", .string(format.group)), .init("name", .string(format.name)),
            .init("type", .string(format.swiftName)),
            .init(
                "fields",
                .array(
                    format.fields.map { field in
                        .object([
                            .init("name", .string(field.name)),
                            .init("declaration", .string(field.declaration)),
                            .init("type", .string(field.swiftType)),
                            .init("offset", .integer(Int128(field.offset))),
                            .init("size", .integer(Int128(field.byteCount))),
                        ])
                    })),
        ])
    }
}
