import ArgumentParser
import EBPFHooks
import EBPFKernel

/// `ebpf net attach`: a program on an interface, where it stays.
struct NetworkAttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Attaches a loaded program to an interface.")

    @Argument(
        help: ArgumentHelp(
            "One of \(NetworkHook.names.joined(separator: ", ")).", valueName: "hook"))
    var hook: NetworkHook

    @Argument(
        help: ArgumentHelp(
            "A number, a name, tag:DIGITS, or the path of a pin.", valueName: "program"))
    var program: KernelProgramReference

    @Option(name: [.long, .customLong("dev")], help: "The interface.")
    var interface: String

    @OptionGroup var network: NetworkArguments

    @Flag(
        name: [.long, .customLong("overwrite")],
        help: "Take the place of the program that is there: XDP, and tc with a priority and handle."
    )
    var replace = false

    @Option(help: "tc: lower ones run first; the kernel chooses one if there is none.")
    var priority: UInt16?

    @Option(help: "tc: the number among the filters of the priority.")
    var handle: UInt32?

    @Option(help: "tcx, netkit: run just before this program.")
    var before: KernelProgramReference?

    @Option(help: "tcx, netkit: run just after this program.")
    var after: KernelProgramReference?

    @Option(help: "Attach by a link and keep it under this path of the BPF file system.")
    var pin: String?

    func validate() throws {
        if before != nil, after != nil {
            throw ValidationError("--before and --after exclude each other")
        }
        switch hook {
        case .xdp: try refuse(tc: true, order: true)
        case .ordered: try refuse(tc: true, replace: true)
        case .filter:
            try refuse(order: true)
            if pin != nil { throw ValidationError("filters of tc cannot be pinned; use tcx") }
        }
    }

    private func refuse(tc: Bool = false, order: Bool = false, replace: Bool = false) throws {
        if tc, priority != nil || handle != nil {
            throw ValidationError("--priority and --handle are for tc-ingress and tc-egress")
        }
        if order, before != nil || after != nil {
            throw ValidationError("--before and --after are for tcx and netkit")
        }
        if replace, self.replace {
            throw ValidationError(
                "--replace is for xdp and tc; programs of \(hook) run side by side")
        }
    }

    func run() throws {
        let program = try program.open()
        let order = try order()
        try network.inside {
            guard pin == nil else { return try keepLink(program, order) }
            let place = try NetworkInterface.find(.name(interface))
            switch hook {
            case .xdp(let mode): try place.keep(xdp: program, mode: mode, replace: replace)
            case .ordered(let hook): try place.keep(program, on: hook, order: order)
            case .filter(let direction):
                let options = TrafficFilterOptions(
                    direction, priority: priority ?? 0, handle: handle ?? 0)
                try place.keep(filter: program, options, replace: replace)
            }
        }
    }

    private func keepLink(_ program: KernelProgram, _ order: AttachOrder?) throws {
        guard let pin else { return }
        switch hook {
        case .xdp(let mode):
            try program.attachXDP(to: .name(interface), mode: mode, method: .link).persist(at: pin)
        case .ordered(let hook):
            try program.attach(to: hook, of: .name(interface), order: order).persist(at: pin)
        case .filter: break
        }
    }

    private func order() throws -> AttachOrder? {
        if let before { return .before(.program(try before.open())) }
        if let after { return .after(.program(try after.open())) }
        return nil
    }
}
