import ArgumentParser
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf btf check`: whether an object fits kernels that are not at hand.
struct TypesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tells whether an object's CO-RE relocations fit kernels, without loading it.",
        discussion: """
            ebpf btf check program.bpf.o                        # the running kernel
            ebpf btf check program.bpf.o --btf 5.10.btf
            ebpf btf check program.bpf.o --btf /var/lib/btf     # every file in a directory

            Exit code 0 if the object fits all, 1 if it does not fit one.
            A field that is missing is reported; a program that tests for it first runs without it.
            """)

    @Argument(help: "An object, or C source.")
    var file: String

    @Option(
        help: ArgumentHelp("A file of types, or a directory of them.", valueName: "path"))
    var btf: String?

    @Flag(help: "Show every relocation, also those that fit.")
    var all = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var building: BuildOptions

    func run() async throws {
        let targets = try targets().map { ($0, try TypesFile.read($0)) }
        var reports: [COREReport] = []
        for (name, content) in try await ProgramFile.readAll(file, building: building) {
            guard case .object(let specs, _) = content
            else { throw Failure(message: "\(file): bytecode has no relocations to check") }
            for (kernel, types) in targets {
                reports.append(
                    try COREReport(object: name, kernel: kernel, specs, types, showsAll: all))
            }
        }
        if json {
            Terminal.say(JSONValue.array(reports.map(\.json)).indented)
        } else {
            Terminal.say(reports.flatMap(\.lines).joined(separator: "\n"))
        }
        let failed = reports.filter { !$0.fits }
        guard failed.isEmpty else {
            throw Failure(
                message: "\(file): \(failed.count) of \(reports.count) do not fit",
                exitCode: 1)
        }
    }

    /// The files to check against.
    private func targets() throws -> [String] {
        guard let btf else { return ["vmlinux"] }
        guard let names = try? SystemCalls.linux.entries(ofDirectory: btf) else { return [btf] }
        let files = names.filter { !$0.hasPrefix(".") }.map { "\(btf)/\($0)" }.filter {
            (try? SystemCalls.linux.open($0, .directory)) == nil
        }
        guard !files.isEmpty
        else { throw Failure(message: "\(btf): there are no files of types in the directory") }
        return files
    }
}

/// How an object fits one kernel.
struct COREReport {
    private let object: String
    private let kernel: String
    private let check: CORECheck
    private let showsAll: Bool

    init(object: String, kernel: String, _ specs: ObjectSpecs, _ types: BTF, showsAll: Bool) throws
    {
        self.object = object
        self.kernel = kernel
        self.showsAll = showsAll
        check = try CORECheck(specs, against: types)
    }

    /// Whether the object can be loaded, as far as types decide it.
    var fits: Bool { check.failed.isEmpty }

    var lines: [String] {
        let count = check.programs.reduce(0) { $0 + $1.outcomes.count }
        var text = "\(object) on \(kernel): \(count) relocation\(count == 1 ? "" : "s")"
        if !check.missing.isEmpty { text += ", \(check.missing.count) missing" }
        if !check.failed.isEmpty { text += ", \(check.failed.count) failed" }
        let details = check.programs.flatMap { program in
            program.outcomes.filter { showsAll || !$0.isResolved }.map {
                "  \(program.name): \($0)"
            }
        }
        return [text] + details
    }

    var json: JSONValue {
        .object([
            .init("object", .string(object)), .init("kernel", .string(kernel)),
            .init("fits", .boolean(fits)),
            .init("missing", .integer(Int128(check.missing.count))),
            .init("failed", .integer(Int128(check.failed.count))),
            .init(
                "relocations",
                .array(
                    check.programs.flatMap { program in
                        program.outcomes.map { json($0, program.name) }
                    })),
        ])
    }

    private func json(_ outcome: COREOutcome, _ program: String) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("program", .string(program)),
            .init("instruction", .integer(Int128(outcome.relocation.slot))),
            .init("subject", .string(outcome.subject)),
            .init("kind", .string("\(outcome.relocation.kind)")),
        ]
        switch outcome.result {
        case .resolved(let value):
            members += [
                .init("result", .string("resolved")),
                .init("local", .integer(Int128(value.local))),
                .init("target", .integer(Int128(value.target))),
            ]
        case .missing(let missing):
            members += [
                .init("result", .string("missing")), .init("message", .string("\(missing)")),
            ]
        case .failed(let error):
            members += [
                .init("result", .string("failed")), .init("message", .string("\(error)")),
            ]
        }
        return .object(members)
    }
}

extension COREOutcome {
    fileprivate var isResolved: Bool { if case .resolved = result { true } else { false } }
}
