import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTypeFormat

/// A link that holds a program at a hook of a group.
struct ControlGroupHolder {
    let link: UInt32
    let program: UInt32
    let group: UInt64
    let hook: AttachType

    /// All of the system.
    static func all() throws -> [ControlGroupHolder] {
        try OpenLink.all().compactMap { link in
            guard case .controlGroup(let group, let hook?) = link.info.details else { return nil }
            return ControlGroupHolder(
                link: link.info.id, program: link.info.program, group: group, hook: hook)
        }
    }
}

/// The programs of a control group, for people and scripts.
struct ControlGroupReport {
    /// A program at a hook.
    struct Row {
        let hook: AttachType
        let program: UInt32
        let name: String?
        /// How others share the hook; `nil` where the kernel does not tell.
        let sharing: ControlGroupOptions.Sharing?
        let link: UInt32?
        let revision: UInt64
    }

    let path: String
    let id: UInt64
    let rows: [Row]

    init(
        _ group: ControlGroup, _ names: ProgramNames, _ holders: [ControlGroupHolder],
        effective: Bool
    ) throws {
        path = group.path
        id = group.id
        var rows: [Row] = []
        for hook in ControlGroup.hooks {
            guard let listed = try group.programs(at: hook, effective: effective) else { continue }
            let tellsMode = !effective && hook != .lsmCgroup
            for entry in listed.entries {
                let holder = holders.first {
                    $0.program == entry.program && $0.group == group.id && $0.hook == hook
                }
                rows.append(
                    Row(
                        hook: hook, program: entry.program, name: names[entry.program],
                        sharing: tellsMode ? .init(flags: listed.flags) : nil, link: holder?.link,
                        revision: listed.revision))
            }
        }
        self.rows = rows
    }

    /// The path and a line for each program, in the order in which they run.
    var text: String {
        guard !rows.isEmpty else { return "\(path)\n  no programs" }
        var table = TextTable(.left, .right, .left, .left, .left)
        table.add("hook", "program", "name", "mode", "link")
        for row in rows {
            table.add(
                row.hook.name, "\(row.program)", row.name ?? "–", row.sharing?.name ?? "–",
                row.link.map { "\($0)" } ?? "–")
        }
        return ([path] + table.lines()).joined(separator: "\n")
    }

    var json: JSONValue {
        .object([
            .init("path", .string(path)), .init("id", .integer(Int128(id))),
            .init("programs", .array(rows.map(\.json))),
        ])
    }
}

extension ControlGroupReport.Row {
    fileprivate var json: JSONValue {
        .object([
            .init("hook", .string(hook.name)), .init("program", .integer(Int128(program))),
            .init("programName", name.map { .string($0) } ?? .null),
            .init("mode", sharing.map { .string($0.name) } ?? .null),
            .init("link", link.map { .integer(Int128($0)) } ?? .null),
            .init("revision", .integer(Int128(revision))),
        ])
    }
}
