import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf iter`: programs that write about the kernel's objects.
struct IteratorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iter",
        abstract: "Walks over the kernel's objects with programs of the kind iter.",
        discussion: """
            ebpf iter run tasks.bpf.o
            ebpf iter run entries.bpf.c --map flows
            ebpf iter pin tasks.bpf.o /sys/fs/bpf/tasks
            """,
        subcommands: [IteratorRunCommand.self, IteratorPinCommand.self])
}

/// What both commands take: the program, and what it walks over.
struct IteratorArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("An object file, or C source.", valueName: "object"))
    var file: String

    @Option(help: "Which program, where the object has several iterators.")
    var program: String?

    @Option(help: "The map whose entries, or sockets, are walked over.")
    var map: MapReference?

    @Option(help: "Only this thread.")
    var thread: UInt32?

    @Option(help: "Only the threads of this process.")
    var process: UInt32?

    @Option(help: ArgumentHelp("The control group to begin at.", valueName: "directory"))
    var cgroup: String?

    @Option(
        help: ArgumentHelp(
            "How control groups are walked: self, pre, post or ancestors.", valueName: "order"))
    var order: CgroupOrder?

    @OptionGroup var building: BuildOptions

    /// The order as a user writes it.
    enum CgroupOrder: String, ExpressibleByArgument, CaseIterable {
        case `self`, pre, post, ancestors

        var order: ControlGroupOrder {
            switch self {
            case .`self`: .selfOnly
            case .pre: .descendantsFirstToLast
            case .post: .descendantsLastToFirst
            case .ancestors: .ancestors
            }
        }
    }

    func validate() throws {
        let scopes = [map != nil, thread != nil, process != nil, cgroup != nil].filter { $0 }
        guard scopes.count <= 1 else {
            throw ValidationError("give one of --map, --thread, --process and --cgroup")
        }
        guard order == nil || cgroup != nil else {
            throw ValidationError("--order is about control groups: give --cgroup, too")
        }
    }

    /// Loads the object and makes the iterator's link.
    func attach() async throws -> AttachedIterator {
        guard case .object(var specs, _) = try await ProgramFile.read(file, building: building)
        else { throw Failure(message: "\(file): this is bytecode; iterators are in objects") }
        let name = try choose(specs)
        for other in specs.programs.keys where other != name {
            specs.programs[other]?.autoload = false
        }
        specs.programs[name]?.autoload = true
        let object = try KernelHost().load(specs)
        guard let program = object.programs[name]
        else { throw Failure(message: "\(file): \(name) was not loaded") }
        return AttachedIterator(
            name: name, link: try program.attachIterator(over: try scope()))
    }

    private func choose(_ specs: ObjectSpecs) throws -> String {
        let iterators = specs.programs.values.filter { $0.attachType == .traceIterator }
            .map(\.name)
        if let program {
            guard iterators.contains(program)
            else { throw Failure(message: Choice("iterator", iterators).unknown(program)) }
            return program
        }
        guard let first = iterators.first else {
            throw Failure(message: "\(file): no program is an iterator (section iter/…)")
        }
        guard iterators.count == 1 else {
            throw Failure(
                message: "\(file): say with --program which: \(iterators.joined(separator: ", "))")
        }
        return first
    }

    private func scope() throws -> IteratorScope {
        if let map { return .map(try map.open()) }
        if let thread { return .thread(thread) }
        if let process { return .process(process) }
        if let cgroup {
            return .controlGroup(path: cgroup, order?.order ?? .descendantsFirstToLast)
        }
        return .all
    }
}

/// An iterator that is ready to be read.
struct AttachedIterator: ~Copyable {
    let name: String
    let link: Link
}

/// `ebpf iter run`: what an iterator writes, now.
struct IteratorRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Loads an iterator and prints what it writes.")

    @OptionGroup var arguments: IteratorArguments

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let attached = try await arguments.attach()
        let iteration = try attached.link.iterate()
        guard json else { return try iteration.lines { Terminal.say($0) } }
        var lines: [JSONValue] = []
        try iteration.lines { lines.append(.string($0)) }
        Terminal.say(
            JSONValue.object([
                .init("program", .string(attached.name)), .init("lines", .array(lines)),
            ])
            .indented)
    }
}

/// `ebpf iter pin`: an iterator that is read like a file.
struct IteratorPinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Loads an iterator and keeps it as a file that cat(1) reads.")

    @OptionGroup var arguments: IteratorArguments

    @Argument(help: "Where in the BPF file system.")
    var path: String

    func run() async throws {
        let attached = try await arguments.attach()
        try attached.link.persist(at: path)
    }
}
