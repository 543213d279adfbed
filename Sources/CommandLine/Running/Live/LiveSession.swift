import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// One `ebpf run --attach`: an object in the running kernel, attached, shown, and taken off again.
struct LiveSession {
    private let command: RunCommand
    private let hooks: [LiveHook]
    private let object: KernelObject
    /// From before anything is attached until everything is taken off again.
    private let interruption = Interruption()

    /// Loads the object.
    init(_ command: RunCommand, _ content: ProgramFile) throws {
        self.command = command
        guard case .object(var specs, _) = content
        else { throw Failure(message: "\(command.file): only objects and sources can be attached") }
        try specs.set(command.settings)
        specs.fillProgramArrays(command.updates)
        if let type = try command.programType() { specs.retype(type) }
        let hooks = try command.attach.map { try LiveHook($0) }
        for hook in hooks { try hook.prepare(&specs, in: command.file) }
        self.hooks = hooks
        object = try KernelHost().load(specs)
    }

    /// Attaches, shows what happens until the end, detaches, and shows the maps.
    func run() async throws {
        try object.update(command.updates)
        // Buffers are open before the first program runs: nothing is missed.
        let events = try LiveEvents(object)
        let links = try attach()
        // Whoever does not want to wait for the last hook wants nothing of it.
        guard !interruption.hasArrived else { return try links.detach() }
        for member in links.members {
            Terminal.complain("attached: \(member.name) to \(member.attachment.hook)")
        }
        var printer = events.map { EventPrinter($0, json: command.json) }
        let end = LiveEnd(
            duration: command.duration.map { .seconds($0) }, events: command.events,
            interruption: interruption)
        let dumps = { try showMaps() }
        if let events {
            try await withMaps(every: command.interval) {
                try await end.forEach(of: events.stream) { printer?.show($0) }
            }
        } else {
            try await end.wait(every: command.interval.map { .seconds($0) }) { try showMaps() }
        }
        try links.detach()
        // What was sent before the end is shown, too.
        try dumps()
        try showFailedChecks()
        if let lost = try events?.stream.lost(), lost > 0 {
            Terminal.complain("\(lost) events were lost: the reader was too slow")
        }
    }

    /// Attaches everything, or nothing.
    private func attach() throws -> Links {
        var links = Links()
        for hook in hooks {
            if hook.isAutomatic, hook.program == nil {
                let all = try object.attachAll(AttachOptions(process: command.process))
                let left = all.left
                links.add(contentsOf: all)
                guard !links.members.isEmpty || hooks.count > 1 else {
                    throw Failure(message: Self.nothing(left, in: command.file))
                }
                for (_, error) in left { Terminal.complain("left alone: \(error)") }
                continue
            }
            let name = try hook.programName(in: object.specs, command.file)
            guard let program = object.programs[name]
            else { throw Failure(message: object.specs.unknownProgram(name, in: command.file)) }
            let link = try hook.reference.attach(program, AttachOptions(process: command.process))
            links.add(link, named: name)
        }
        return links
    }

    private static func nothing(_ left: [(name: String, error: KernelError)], in file: String)
        -> String
    {
        left.isEmpty
            ? "\(file): there is no program to attach"
            : left.map { "\($0.error)" }.joined(separator: "\n")
    }

    /// Shows the maps now and then while something else goes on.
    private func withMaps(
        every interval: Double?, _ body: () async throws -> Void
    ) async throws {
        guard let interval else { return try await body() }
        let session = self
        let shower = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(interval))
                try session.showMaps()
            }
        }
        defer { shower.cancel() }
        try await body()
    }

    private func showFailedChecks() throws {
        let checks = try object.failedChecks()
        guard !checks.isEmpty else { return }
        if command.json {
            let members = [JSONValue.Member("failedChecks", FailedChecks.json(checks))]
            return Terminal.say(JSONValue.object(members).description)
        }
        Terminal.say((["failed checks:"] + FailedChecks.lines(checks)).joined(separator: "\n"))
    }

    private func showMaps() throws {
        let dumps = try object.dumps(includingData: command.dumpMaps, limit: command.limit)
        guard !dumps.isEmpty else { return }
        if command.json {
            let maps = dumps.map { JSONValue.Member($0.name, $0.json) }
            return Terminal.say(JSONValue.object([.init("maps", .object(maps))]).description)
        }
        for dump in dumps { Terminal.say((["\n"] + dump.lines).joined(separator: "\n").trimmed) }
    }
}

extension String {
    /// Without the blank line at the start that separates tables.
    fileprivate var trimmed: String { String(drop { $0 == "\n" }) }
}
