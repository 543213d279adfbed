import ArgumentParser
import EBPFKernel
import EBPFTypeFormat

/// `ebpf doctor`: can I use eBPF here, and if not, why?
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Tells whether eBPF can be used here, and if not, why and what to do.",
        discussion: """
            Exit codes: 0 programs can be loaded, 1 they cannot. Everything is tried or read, nothing is
            changed.
            """)

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let report = CheckupReport(Checkup())
        Terminal.say(json ? report.json.indented : report.lines.joined(separator: "\n"))
        guard report.checkup.isUsable else {
            throw Failure(
                message: "programs cannot be loaded into this kernel by this process",
                exitCode: Failure.programFailed)
        }
    }
}

/// A checkup for people and scripts.
struct CheckupReport {
    let checkup: Checkup

    init(_ checkup: Checkup) { self.checkup = checkup }

    var lines: [String] {
        var table = TextTable(.left, .left, .left)
        for finding in checkup.findings {
            table.add(Self.mark(finding.state), finding.subject, finding.detail)
            if let remedy = finding.remedy { table.add("", "", "→ \(remedy)") }
        }
        return table.lines(indent: 0)
    }

    private static func mark(_ state: Checkup.State) -> String {
        switch state {
        case .good: "✓"
        case .limited: "!"
        case .missing: "✗"
        }
    }

    var json: JSONValue {
        .object([
            .init("usable", .boolean(checkup.isUsable)),
            .init(
                "findings",
                .array(
                    checkup.findings.map { finding in
                        .object([
                            .init("subject", .string(finding.subject)),
                            .init("state", .string(finding.state.rawValue)),
                            .init("detail", .string(finding.detail)),
                            .init("remedy", finding.remedy.map { .string($0) } ?? .null),
                        ])
                    })),
        ])
    }
}
