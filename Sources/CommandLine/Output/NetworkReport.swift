import EBPFBytecode
import EBPFHooks
import EBPFTypeFormat

/// What is attached to the network, for people and scripts.
struct NetworkReport {
    private let attachment: NetworkAttachment
    private let programName: String?

    init(_ attachment: NetworkAttachment, _ names: ProgramNames) {
        self.attachment = attachment
        if case .route(let route) = attachment.place {
            programName = route.name
        } else {
            programName = attachment.program.flatMap { names[$0] }
        }
    }

    /// The cells of a row: interface, hook, program, link, place.
    var row: [String] {
        let number = attachment.program.map { "\($0)" }
        let program = [number, programName].compactMap { $0 }.joined(separator: " ")
        return [
            attachment.interface?.name ?? "–", hook, program,
            attachment.link.map { "\($0)" } ?? "–",
            facts.map { "\($0.name) \($0.text)" }.joined(separator: ", "),
        ]
    }

    var json: JSONValue {
        let interface = attachment.interface
        return .object(
            [
                .init("interface", interface.map { .string($0.name) } ?? .null),
                .init("interfaceIndex", number(interface?.index)), .init("hook", .string(hook)),
                .init("program", number(attachment.program)),
                .init("programName", programName.map { .string($0) } ?? .null),
                .init("link", number(attachment.link)),
            ] + facts.map { .init($0.name, $0.json) })
    }

    /// The kind of hook.
    private var hook: String {
        switch attachment.place {
        case .xdp: "xdp"
        case .hook(let hook): hook == .tcxIngress || hook == .tcxEgress ? "tcx" : "netkit"
        case .trafficControl: "tc"
        case .route: "lwt"
        case .netfilter: "netfilter"
        case .namespace(let attachType): attachType.name
        }
    }

    /// What else is known about the place.
    private var facts: [Fact] {
        switch attachment.place {
        case .xdp(let mode): [Fact("mode", mode.rawValue)]
        case .hook(let hook):
            switch hook {
            case .tcxIngress: [Fact("direction", "ingress")]
            case .tcxEgress: [Fact("direction", "egress")]
            case .netkitPrimary: [Fact("side", "primary")]
            case .netkitPeer: [Fact("side", "peer")]
            }
        case .trafficControl(let filter):
            [
                Fact("direction", "\(filter.direction)"), Fact("priority", filter.priority),
                Fact("handle", filter.handle), Fact("filter", filter.name),
                Fact("directAction", filter.isDirectAction),
            ]
        case .route(let route):
            [
                Fact("route", route.destination.map { "\($0)/\(route.prefixLength)" } ?? "default"),
                Fact("place", route.place.map { "\($0)" } ?? "segment"),
                Fact("table", route.table),
            ]
        case .netfilter(let place):
            [
                Fact("family", place.familyName), Fact("at", place.hookName),
                Fact("priority", place.priority),
            ]
        case .namespace: []
        }
    }

    private func number(_ value: UInt32?) -> JSONValue {
        value.map { .integer(Int128($0)) } ?? .null
    }

    /// One thing that is known.
    private struct Fact {
        let name: String
        let text: String
        let json: JSONValue

        init(_ name: String, _ text: String) {
            (self.name, self.text, json) = (name, text, .string(text))
        }

        init(_ name: String, _ number: some BinaryInteger) {
            (self.name, text, json) = (name, "\(number)", .integer(Int128(number)))
        }

        init(_ name: String, _ flag: Bool) {
            (self.name, text, json) = (name, flag ? "yes" : "no", .boolean(flag))
        }
    }
}
