import ArgumentParser
import EBPFBytecode
import EBPFKernel
import EBPFTypeFormat

/// `ebpf feature`: what the running kernel can do.
struct FeatureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feature",
        abstract: "Finds out what the running kernel can do with eBPF.",
        subcommands: [FeatureProbeCommand.self])
}

/// `ebpf feature probe`: everything that can be tried.
struct FeatureProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Tries what the kernel can do: programs, maps, helpers, links, instructions.",
        discussion: """
            ebpf feature probe
            ebpf feature probe helpers --type xdp
            ebpf feature probe maps --json
            ebpf feature probe functions --name bpf_dynptr_from_skb

            Each answer is yes, no, or unknown with the reason. Nothing is attached, nothing stays in
            the kernel. Sure answers are kept in ~/.cache/swift-ebpf until the kernel is started
            again; --fresh asks anew.
            """)

    @Argument(
        help: ArgumentHelp(
            "programs, attach, maps, flags, links, abilities, types, helpers or functions; else all.",
            valueName: "section"))
    var sections: [FeatureSection] = []

    @Option(help: ArgumentHelp("Only the helpers of this kind of program.", valueName: "type"))
    var type: String?

    @Option(help: ArgumentHelp("Only what is called so.", valueName: "name"))
    var name: String?

    @Flag(help: "Also try what leaves lines in the kernel's log.")
    var full = false

    @Flag(help: "Ask the kernel again, also what is known from before.")
    var fresh = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let types = try type.map { [try ProgramType(commandLine: $0)] }
        let features = KernelFeatures.shared
        let cache = FeatureCache(features)
        if !fresh { cache?.read(into: features) }
        defer { cache?.write(features) }
        let chosen = sections.isEmpty ? FeatureSection.allCases : sections
        let probe = FeatureProbe(
            features: features, programTypes: types ?? Array(ProgramType.allCases.dropFirst()),
            includingNoisy: full)
        let reports = chosen.map { section in
            (
                section,
                probe.entries(section).filter { name == nil || $0.name.hasSuffix(name ?? "") }
            )
        }
        if let name, reports.allSatisfy(\.1.isEmpty) {
            throw Failure(message: "nothing that can be tried is called \"\(name)\"")
        }
        guard !json else {
            return Terminal.say(
                JSONValue.object(
                    reports.map { .init($0.0.rawValue, .object($0.1.map(\.member))) }
                ).indented)
        }
        for (section, entries) in reports where !entries.isEmpty {
            Terminal.say(lines(section, entries).joined(separator: "\n") + "\n")
        }
    }

    /// Helpers are a list for each kind of program, everything else is a row each.
    private func lines(_ section: FeatureSection, _ entries: [FeatureProbe.Entry]) -> [String] {
        let count = entries.count { $0.answer == .yes }
        let title = "\(section.title): \(count) of \(entries.count)"
        if section == .functions { return [title] + entries.map { "  \($0.name)" } }
        var table = TextTable(.left, .left, .left)
        for entry in entries {
            table.add(entry.name, entry.answer.word, entry.answer.reason ?? "")
        }
        return [title] + table.lines()
    }
}

/// A part of what can be tried.
enum FeatureSection: String, ExpressibleByArgument, CaseIterable {
    case programs, attach, maps, flags, links, abilities, types, helpers, functions

    var title: String {
        switch self {
        case .programs: "types of programs"
        case .attach: "places to attach to"
        case .maps: "types of maps"
        case .flags: "flags of maps"
        case .links: "kinds of links"
        case .abilities: "abilities"
        case .types: "parts of the type format"
        case .helpers: "helpers by type of program"
        case .functions: "functions of the kernel for programs"
        }
    }
}

/// Asks for everything of a section.
struct FeatureProbe {
    let features: KernelFeatures
    let programTypes: [ProgramType]
    let includingNoisy: Bool

    /// One answer.
    struct Entry {
        let name: String
        let answer: FeatureAnswer

        init(_ name: String, _ answer: FeatureAnswer) {
            self.name = name
            self.answer = answer
        }

        var member: JSONValue.Member {
            .init(
                name,
                .object([
                    .init("answer", .string(answer.word)),
                    .init("reason", answer.reason.map { .string($0) } ?? .null),
                ]))
        }
    }

    func entries(_ section: FeatureSection) -> [Entry] {
        switch section {
        case .programs: programTypes.map { Entry($0.name, features.programType($0)) }
        case .attach: AttachType.allCases.map { Entry($0.name, features.attachType($0)) }
        case .maps:
            MapType.allCases.dropFirst().map { Entry($0.name, features.mapType($0)) }
        case .flags:
            KernelFeatures.mapFlags.map {
                Entry($0.names.joined(separator: " "), features.mapFlag($0))
            }
        case .links: LinkFeature.allCases.map { Entry($0.rawValue, features.link($0)) }
        case .abilities: KernelAbility.allCases.map { Entry($0.rawValue, features.ability($0)) }
        case .types:
            BTFFeatures.releases.map { Entry($0.name, features.typeFormat($0.feature)) }
        case .helpers: programTypes.flatMap(helpers)
        case .functions: functions
        }
    }

    private func helpers(_ type: ProgramType) -> [Entry] {
        Helper.all.map { helper in
            Entry(
                "\(type.name)/bpf_\(helper.name)",
                features.helper(helper.id, in: type, includingNoisy: includingNoisy))
        }
    }

    private var functions: [Entry] {
        (features.kernelFunctions() ?? []).map { Entry($0, .yes) }
    }
}
