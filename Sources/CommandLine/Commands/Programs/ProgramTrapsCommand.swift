import ArgumentParser
import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf prog traps`: the checks of Swift's that failed in loaded programs.
struct ProgramTrapsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "traps",
        abstract: "Shows which of Swift's checks have failed in loaded programs, and how often.",
        discussion: """
            ebpf prog traps
            ebpf prog traps firewall

            A program in Swift ends where a check fails: arithmetic overflows, an index is out of
            bounds, an Optional is nil, a precondition is not met. Each is counted by the line of its
            source. Programs of one object count together.
            """)

    @Argument(
        help: ArgumentHelp(
            "A number, a name, tag:DIGITS, or the path of a pin; without it, all programs.",
            valueName: "program"))
    var reference: KernelProgramReference?

    @Flag(help: "Show the checks that never failed, too.")
    var all = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let programs = try reference?.openAll() ?? KernelProgram.all()
        let objects = try Self.objects(programs)
        if objects.isEmpty, let reference { throw Self.countsNothing(reference) }
        guard !json else {
            return Terminal.say(JSONValue.array(objects.map { $0.json(all: all) }).indented)
        }
        let lines = objects.map { $0.lines(all: all) }.filter { !$0.isEmpty }
        guard !lines.isEmpty else { return Terminal.say("no check has failed") }
        Terminal.say(lines.map { $0.joined(separator: "\n") }.joined(separator: "\n\n"))
    }

    /// What counts together: a map and the programs that use it.
    private static func objects(_ programs: [KernelProgram]) throws -> [CountingObject] {
        var objects: [UInt32: CountingObject] = [:]
        var others: Set<UInt32> = []
        for program in programs {
            for id in try program.details().maps where !others.contains(id) {
                if objects[id] == nil {
                    guard let checks = try checks(map: id) else {
                        others.insert(id)
                        continue
                    }
                    objects[id] = CountingObject(map: id, programs: [], checks: checks)
                }
                objects[id]?.programs.append((program.id, try program.fullName()))
            }
        }
        return objects.values.sorted { $0.map < $1.map }
    }

    /// The checks that a map counts; `nil` if it does not, or is gone by now.
    private static func checks(map id: UInt32) throws -> [FailedCheck.Count]? {
        let map: KernelMap
        do throws(KernelError) { map = try KernelMap(id: id) } catch {
            guard error.errno == .noEntry else { throw error }
            return nil
        }
        return try OpenMap(map).checks()
    }

    private static func countsNothing(_ reference: KernelProgramReference) -> Failure {
        Failure(
            message: "\(reference.text) counts no failed checks: it has none, it was compiled with "
                + "--traps exit or keep, or it was not written in Swift")
    }
}

/// A map that counts failed checks, with the programs that use it.
private struct CountingObject {
    let map: UInt32
    var programs: [(id: UInt32, name: String)]
    let checks: [FailedCheck.Count]

    private func shown(_ all: Bool) -> [FailedCheck.Count] {
        all ? checks : checks.filter { $0.count > 0 }
    }

    func lines(all: Bool) -> [String] {
        let shown = shown(all)
        guard !shown.isEmpty else { return [] }
        let names = programs.map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
        return [names] + FailedChecks.lines(shown)
    }

    func json(all: Bool) -> JSONValue {
        .object([
            .init("map", .integer(Int128(map))),
            .init(
                "programs",
                .array(
                    programs.map {
                        .object([
                            .init("id", .integer(Int128($0.id))), .init("name", .string($0.name)),
                        ])
                    })),
            .init("failedChecks", FailedChecks.json(shown(all))),
        ])
    }
}
