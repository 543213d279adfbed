import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel

/// `ebpf prog attach`: a program at a hook, where it stays.
struct ProgramAttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Attaches a loaded program; it stays until it is detached.",
        discussion: """
            ebpf prog attach redirect sk_skb_verdict /sys/fs/bpf/sockets
            ebpf prog attach dissect flow_dissector
            ebpf prog attach count xdp:eth0 --pin /sys/fs/bpf/count-link

            \(SocketHookArguments.forms)
            Every other hook holds the program by a link, which --pin keeps.
            """)

    @OptionGroup var place: SocketHookArguments

    @Option(help: "Attach by a link and keep it under this path of the BPF file system.")
    var pin: String?

    func run() throws {
        let program = try place.program.open()
        guard let hook = try place.hook() else {
            let reference = try HookReference(place.word)
            guard let pin else {
                throw Failure(
                    message: "a link holds programs at \(reference), and ends with this command: "
                        + "say with --pin where to keep it")
            }
            return try reference.attach(program).persist(at: pin)
        }
        switch (hook, pin) {
        case (.sockets(let type, let map), let pin?):
            try program.attach(toSocketsOf: map, as: type, method: .link).persist(at: pin)
        case (.sockets(let type, let map), nil): try program.keep(onSocketsOf: map, as: type)
        case (.flowDissector, let pin?):
            try program.attachFlowDissector(method: .link).persist(at: pin)
        case (.flowDissector, nil): try program.keepFlowDissector()
        }
    }
}

/// `ebpf prog detach`: a program off its hook, whoever attached it.
struct ProgramDetachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach",
        abstract: "Detaches a program from sockets or a namespace; or severs its links.",
        discussion: """
            ebpf prog detach redirect sk_skb_verdict /sys/fs/bpf/sockets
            ebpf prog detach dissect flow_dissector
            ebpf prog detach count

            \(SocketHookArguments.forms)
            Without HOOK, every link that holds the program is severed.
            """)

    @Argument(
        help: ArgumentHelp(
            "A number, a name, tag:DIGITS, or the path of a pin.", valueName: "program"))
    var program: KernelProgramReference

    @Argument(help: ArgumentHelp("The hook, if no link holds the program.", valueName: "hook"))
    var word: String?

    @Argument(help: ArgumentHelp("The map of sockets.", valueName: "map"))
    var map: MapReference?

    func run() throws {
        let program = try program.open()
        guard let word else { return try sever(program) }
        switch try SocketHook(word, map) {
        case .sockets(let type, let map): try program.remove(fromSocketsOf: map, as: type)
        case .flowDissector: try program.removeFlowDissector()
        case nil:
            throw Failure(
                message: "a link holds programs at \(word): leave it out to sever all links of "
                    + "\(program), or see `ebpf link list`")
        }
    }

    private func sever(_ program: KernelProgram) throws {
        let links = try OpenLink.all().filter { $0.info.program == program.id }
        guard !links.isEmpty else {
            throw Failure(
                message: "no link holds \(program); if it is attached without, name the hook")
        }
        for link in links { try link.detach() }
    }
}

/// A program and where it goes.
struct SocketHookArguments: ParsableArguments {
    /// The hooks that need no link.
    static let forms = """
        HOOK is one of \(SocketHook.mapHooks.map(\.name).joined(separator: ", ")), with MAP, a \
        map of sockets; or flow_dissector, for this network namespace.
        """

    @Argument(
        help: ArgumentHelp(
            "A number, a name, tag:DIGITS, or the path of a pin.", valueName: "program"))
    var program: KernelProgramReference

    @Argument(help: ArgumentHelp("Where: see below.", valueName: "hook"))
    var word: String

    @Argument(help: ArgumentHelp("The map of sockets.", valueName: "map"))
    var map: MapReference?

    func hook() throws -> SocketHook? { try SocketHook(word, map) }
}

/// A hook where programs stay without a link.
enum SocketHook {
    /// The sockets of a map.
    case sockets(AttachType, KernelMap)
    /// The network namespace of the command.
    case flowDissector

    /// What programs do with the sockets of a map.
    static let mapHooks: [AttachType] = [
        .socketMessageVerdict, .socketSKBVerdict, .socketSKBStreamVerdict, .socketSKBStreamParser,
    ]

    /// The hook that a word means; `nil` if it is another one.
    init?(_ word: String, _ map: MapReference?) throws {
        if word == AttachType.flowDissector.name {
            self = .flowDissector
        } else if let type = Self.mapHooks.first(where: { $0.name == word }) {
            guard let map else { throw Failure(message: "\(word) needs a map of sockets") }
            self = .sockets(type, try map.open())
        } else {
            return nil
        }
    }
}
