import ArgumentParser
import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTypeFormat

/// `ebpf cgroup`: which programs decide for which processes.
struct ControlGroupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cgroup",
        abstract: "Lists the programs of control groups, attaches and detaches them.",
        discussion: """
            ebpf cgroup tree
            ebpf cgroup list /sys/fs/cgroup/system.slice --effective
            ebpf cgroup attach /sys/fs/cgroup/web connect4 /sys/fs/bpf/redirect --first
            ebpf cgroup detach /sys/fs/cgroup/web connect4 redirect

            HOOK is a name such as cgroup_inet4_connect, or the end of a section's: connect4, \
            sysctl, skb/ingress.
            """,
        subcommands: [
            ControlGroupTreeCommand.self, ControlGroupListCommand.self,
            ControlGroupAttachCommand.self, ControlGroupDetachCommand.self,
        ])
}

/// `ebpf cgroup tree`: the groups that have programs.
struct ControlGroupTreeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tree", abstract: "Lists the programs of a group and of all groups below.")

    @Argument(help: "The directory of a group; where cgroup v2 is mounted if not given.")
    var directory: String?

    @Flag(help: "Every program that runs for a group's processes, those of groups above included.")
    var effective = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let root = try directory ?? ControlGroup.root()
        let names = try ProgramNames()
        let holders = effective ? [] : try ControlGroupHolder.all()
        var reports: [ControlGroupReport] = []
        for group in try ControlGroup.tree(below: root) {
            let report = try ControlGroupReport(group, names, holders, effective: effective)
            if !report.rows.isEmpty { reports.append(report) }
        }
        guard !json else {
            return Terminal.say(JSONValue.array(reports.map(\.json)).indented)
        }
        guard !reports.isEmpty else { return Terminal.say("no group below \(root) has programs") }
        Terminal.say(reports.map(\.text).joined(separator: "\n\n"))
    }
}

/// `ebpf cgroup list`: the programs of one group.
struct ControlGroupListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the programs of a group.", aliases: ["show", "ls"])

    @Argument(help: "The directory of a group.")
    var directory: String

    @Flag(
        help: "Every program that runs for the group's processes, those of groups above included.")
    var effective = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let report = try ControlGroupReport(
            ControlGroup(at: directory), ProgramNames(),
            effective ? [] : ControlGroupHolder.all(), effective: effective)
        Terminal.say(json ? report.json.indented : report.text)
    }
}

/// What `attach` and `detach` name.
struct ControlGroupPlaceArguments: ParsableArguments {
    @Argument(help: "The directory of a group.")
    var directory: String

    @Argument(help: "The hook, such as connect4.")
    var hook: String

    @Argument(help: "A number, a name, tag:DIGITS or the path of a pin.")
    var program: KernelProgramReference

    /// The hook that is meant.
    func attachType() throws -> AttachType {
        let found =
            AttachType(name: hook) ?? SectionName(hook)?.attachType
            ?? SectionName("cgroup/\(hook)")?.attachType
            ?? SectionName("cgroup_\(hook)")?.attachType
        if let found, found.isControlGroupHook { return found }
        throw Failure(message: Choice("hook", ControlGroup.hooks.map(\.name)).unknown(hook))
    }
}

/// `ebpf cgroup attach`: a program that decides from now on.
struct ControlGroupAttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Attaches a program to a group, until it is detached or the group goes.")

    @OptionGroup var place: ControlGroupPlaceArguments

    @Flag(help: "Run it alone; groups below may put another in its place.")
    var override = false

    @Flag(help: "Run it alone, in all groups below, too.")
    var exclusive = false

    @Flag(help: "Run it before the programs of groups below (Linux 6.15).")
    var preorder = false

    @Flag(help: "Run it before all others of this group (Linux 6.17).")
    var first = false

    @Option(help: "Run it just before another program.")
    var before: KernelProgramReference?

    @Option(help: "Run it just after another program.")
    var after: KernelProgramReference?

    @Option(help: "Put it in the place of another program.")
    var replace: KernelProgramReference?

    @Option(help: "Attach it by a link that is kept under this path of the BPF file system.")
    var pin: String?

    func validate() throws {
        guard [first, before != nil, after != nil].count(where: { $0 }) < 2 else {
            throw ValidationError("choose one of --first, --before and --after")
        }
        guard !(override && exclusive) else {
            throw ValidationError("choose one of --override and --exclusive")
        }
    }

    func run() throws {
        let group = try ControlGroup(at: place.directory)
        let hook = try place.attachType()
        let program = try place.program.open()
        let options = ControlGroupOptions(
            attachType: hook, order: try order(),
            runsBeforeDescendants: preorder,
            sharing: exclusive ? .exclusive : override ? .overridable : .multiple,
            replacing: try replace?.open())
        guard let pin else { return try group.keep(program, options: options) }
        try program.attach(to: group, options: options, method: .link).persist(at: pin)
    }

    private func order() throws -> AttachOrder? {
        if first { return .first }
        if let before { return .before(.program(try before.open())) }
        return try after.map { .after(.program(try $0.open())) }
    }
}

/// `ebpf cgroup detach`: a program that decides no longer.
struct ControlGroupDetachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach", abstract: "Takes a program off a group.")

    @OptionGroup var place: ControlGroupPlaceArguments

    func run() throws {
        let group = try ControlGroup(at: place.directory)
        let hook = try place.attachType()
        try group.remove(try place.program.open(), from: hook)
    }
}
