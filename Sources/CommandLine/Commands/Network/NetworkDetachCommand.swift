import ArgumentParser
import EBPFHooks
import EBPFKernel

/// `ebpf net detach`: a program off an interface, whoever attached it.
struct NetworkDetachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach",
        abstract: "Detaches a program from an interface, also when a link holds it.")

    @Argument(
        help: ArgumentHelp(
            "One of \(NetworkHook.names.joined(separator: ", ")).", valueName: "hook"))
    var hook: NetworkHook

    @Option(name: [.long, .customLong("dev")], help: "The interface.")
    var interface: String

    @Option(help: "Which program, if there are several.")
    var program: KernelProgramReference?

    @OptionGroup var network: NetworkArguments

    func run() throws {
        let wanted = try program?.open().id
        try network.inside {
            let place = try NetworkInterface.find(.name(interface))
            let there = try NetworkAttachment.all(on: .index(place.index)).filter(hook.holds)
            let found = there.filter { wanted == nil || $0.program == wanted }
            guard let attachment = found.first else { throw missing(there) }
            guard found.count == 1 else { throw ambiguous(found) }
            try detach(attachment, from: place)
        }
    }

    private func detach(
        _ attachment: NetworkAttachment, from place: NetworkInterface
    ) throws(KernelError) {
        if let link = attachment.link { return try OpenLink(id: link).detach() }
        switch attachment.place {
        case .xdp(let mode): try place.removeXDP(mode)
        case .hook(let hook):
            guard let id = attachment.program else { return }
            try place.remove(try KernelProgram(id: id), from: hook)
        case .trafficControl(let filter): try place.remove(filter)
        case .route, .netfilter, .namespace: break
        }
    }

    private func missing(_ there: [NetworkAttachment]) -> Failure {
        guard !there.isEmpty, let program else {
            return Failure(message: "nothing is attached to \(hook) of \(interface)")
        }
        return Failure(
            message: "program \(program.text) is not attached to \(hook) of \(interface); "
                + "there are \(list(there))")
    }

    private func ambiguous(_ found: [NetworkAttachment]) -> Failure {
        Failure(
            message: "\(found.count) programs are attached to \(hook) of \(interface): "
                + "say which with --program (\(list(found)))")
    }

    private func list(_ attachments: [NetworkAttachment]) -> String {
        attachments.compactMap { $0.program.map { "\($0)" } }.joined(separator: ", ")
    }
}
