import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTypeFormat

/// `ebpf prog tracelog`: what programs print with `bpf_printk`, or one of them to its own stream.
struct ProgramTraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tracelog",
        abstract: "Shows what programs print, as they print it.",
        discussion: """
            ebpf prog tracelog
            ebpf prog tracelog --count 10 --json
            ebpf prog tracelog 17 stderr

            Without PROGRAM: what all programs print with bpf_printk. The kernel has one such log for the
            whole system, and gives each line to one reader only.
            With PROGRAM: what it prints with bpf_stream_printk (stdout), or what the kernel says about
            its faults (stderr); Linux 6.17 or newer.
            Ctrl-C ends it.
            """)

    /// One of a program's own streams.
    enum Channel: String, ExpressibleByArgument, CaseIterable { case stdout, stderr }

    @Argument(
        help: ArgumentHelp(
            "A number, a name, tag:DIGITS, or the path of a pin.", valueName: "program"))
    var reference: KernelProgramReference?

    @Argument(help: "stdout or stderr, of the program.")
    var channel: Channel = .stdout

    @Option(help: ArgumentHelp("End after so many lines.", valueName: "n"))
    var count: Int?

    @Option(help: ArgumentHelp("End after so many seconds.", valueName: "seconds"))
    var duration: Double?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count must be at least 1") }
        if let duration, !(0...86_400).contains(duration) {
            throw ValidationError("--duration must be 0 to 86400 seconds")
        }
    }

    func run() async throws { try await Interruption.ending { try await trace() } }

    private func trace() async throws {
        if let program = try reference?.open() {
            let stream: OutputChannel = channel == .stdout ? .output : .errors
            return try await follow { try program.readOutput(stream) }
        }
        // Where tracefs is mounted only for this object, the path goes with it.
        let tracefs = try Tracefs()
        let path = tracefs.root + "/trace_pipe"
        let log = try withExtendedLifetime(tracefs) {
            try attempting("opening \(path)") { () throws(KernelErrno) in
                try SystemCalls.linux.open(path, .nonBlocking)
            }
        }
        try await follow { try Self.read(log, path) }
    }

    /// Shows lines as they come, until there were enough or the time is over.
    private func follow(_ read: () throws -> [UInt8]) async throws {
        let end = duration.map { ContinuousClock.now + .milliseconds(Int($0 * 1000)) }
        var rest: [UInt8] = []
        var shown = 0
        while !Task.isCancelled {
            let part = try read()
            rest += part
            while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<newline], as: UTF8.self)
                rest.removeSubrange(...newline)
                show(line)
                shown += 1
                if let count, shown >= count { return }
            }
            if let end, ContinuousClock.now >= end { return }
            if part.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    /// What was printed since; nothing if that is nothing.
    private static func read(_ log: borrowing Descriptor, _ path: String) throws -> [UInt8] {
        do throws(KernelErrno) {
            return try log.read(count: 1 << 16)
        } catch {
            guard error == .tryAgain else { throw KernelError("reading \(path)", error) }
            return []
        }
    }

    private func show(_ line: String) {
        guard json else { return Terminal.say(line) }
        guard reference == nil else {
            return Terminal.say(JSONValue.object([.init("text", .string(line))]).description)
        }
        Terminal.say(TraceLogLine(line).json.description)
    }
}

/// A line of the kernel's log for tracing, taken apart.
///
/// `            swift-4711    [001] ...11  1234.567890: bpf_trace_printk: the text`
struct TraceLogLine {
    let line: String
    let task: String?
    let process: Int?
    let cpu: Int?
    let seconds: Double?
    let text: String

    init(_ line: String) {
        self.line = line
        // The name of a task may hold blanks, so the number of the CPU is the landmark.
        let parts = line.split(separator: " [", maxSplits: 1)
        let task = parts[0].drop { $0 == " " }
        let words = (parts.count == 2 ? parts[1] : "").split(separator: " ", maxSplits: 3)
        guard let dash = task.lastIndex(of: "-"), words.count >= 3,
            let cpu = Int(words[0].dropLast())
        else {
            (self.task, process, cpu, seconds, text) = (nil, nil, nil, nil, line)
            return
        }
        self.cpu = cpu
        self.task = String(task[..<dash])
        process = Int(task[task.index(after: dash)...].prefix { $0.isNumber })
        seconds = Double(words[2].dropLast())
        let rest = words.count == 4 ? words[3] : ""
        let marker = "bpf_trace_printk: "
        text = String(rest.hasPrefix(marker) ? rest.dropFirst(marker.count) : rest)
    }

    var json: JSONValue {
        .object([
            .init("task", task.map { .string($0) } ?? .null),
            .init("process", process.map { .integer(Int128($0)) } ?? .null),
            .init("cpu", cpu.map { .integer(Int128($0)) } ?? .null),
            .init("seconds", seconds.map { .floating($0) } ?? .null),
            .init("text", .string(text)),
        ])
    }
}
