import EBPFBytecode
import EBPFKernel
import EBPFTypeFormat
import Foundation

/// What a program of the kernel is like, for people and scripts.
struct ProgramReport {
    private let details: ProgramDetails
    private let name: String
    private let lockedByteCount: Int?
    private let holders: [ProgramHolder]?
    private let pins: [String]?
    private let attachTarget: String?

    /// - Parameter withHolders: whether to look for the processes and pins that hold it, which takes
    ///   a look at every descriptor of the system and every pin.
    init(_ program: KernelProgram, withHolders: Bool = false) throws {
        details = try program.details()
        name = try program.fullName()
        lockedByteCount = program.lockedByteCount
        holders = withHolders ? program.holders() : nil
        pins = withHolders ? program.system.pins(of: .program, id: program.id) : nil
        attachTarget = Self.attachTarget(details)
    }

    /// The function or structure that a typed program was loaded for.
    private static func attachTarget(_ details: ProgramDetails) -> String? {
        guard details.attachTypesID != 0, details.attachType != 0,
            let types = try? TypesObject(id: details.attachTypesID).types()
        else { return nil }
        return try? types.name(of: TypeID(details.attachType))
    }

    /// The cells of a row.
    var row: [String] {
        [
            "\(details.id)", details.typeName, name, details.tag.description, loadedAt,
            "\(details.translatedSize / EncodedInstruction.byteCount)",
            details.isJITed ? "\(details.machineCodeSize) B" : "interpreted",
            details.maps.map { "\($0)" }.joined(separator: " "),
        ]
    }

    /// Local time would differ between readers of the same listing.
    private var loadedAt: String {
        let seconds = Double(details.loadedAt) / 1e9
        return Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
    }

    var lines: [String] {
        var table = TextTable(.left, .left)
        table.add("id", "\(details.id)")
        if !name.isEmpty { table.add("name", name) }
        table.add("type", details.typeName)
        if let attachTarget { table.add("loaded for", attachTarget) }
        table.add("tag", details.tag.description)
        table.add("loaded", "\(loadedAt) by user \(details.user)")
        table.add("licence", details.isGPLCompatible ? "compatible with the GPL" : "other")
        table.add("instructions", instructions)
        table.add(
            "machine code",
            details.isJITed ? "\(details.machineCodeSize) bytes" : "none: interpreted")
        if let lockedByteCount { table.add("memory", "\(lockedByteCount) bytes") }
        if !details.maps.isEmpty {
            table.add("maps", details.maps.map { "\($0)" }.joined(separator: " "))
        }
        if details.typesID != 0 { table.add("types", "BTF \(details.typesID)") }
        if details.interface != 0 { table.add("device", "\(details.interface)") }
        if details.runs.count > 0 { table.add("runs", runs) }
        if details.runs.recursionMisses > 0 {
            table.add("missed", "\(details.runs.recursionMisses) runs, because it ran already")
        }
        if let holders, !holders.isEmpty {
            table.add(
                "held by", holders.map { "\($0.command) (\($0.process))" }.joined(separator: ", "))
        }
        for pin in pins ?? [] { table.add("pinned", pin) }
        return table.lines(indent: 0)
    }

    private var instructions: String {
        let count = "\(details.translatedSize / EncodedInstruction.byteCount)"
        guard details.verifiedInstructions > 0 else { return count }
        return count + ", the verifier looked at \(details.verifiedInstructions)"
    }

    private var runs: String {
        let runs = details.runs
        return "\(runs.count), \(runs.nanoseconds / max(runs.count, 1)) ns each"
    }

    var json: JSONValue {
        func number(_ value: some BinaryInteger) -> JSONValue { .integer(Int128(value)) }
        var members: [JSONValue.Member] = [
            .init("id", number(details.id)), .init("name", .string(name)),
            .init("type", .string(details.typeName)),
            .init("attachTarget", attachTarget.map { .string($0) } ?? .null),
            .init("tag", .string(details.tag.description)),
            .init("loadedAt", number(details.loadedAt / 1_000_000_000)),
            .init("user", number(details.user)),
            .init("gplCompatible", .boolean(details.isGPLCompatible)),
            .init(
                "instructions", number(details.translatedSize / EncodedInstruction.byteCount)),
            .init("verifiedInstructions", number(details.verifiedInstructions)),
            .init("machineCodeBytes", number(details.machineCodeSize)),
            .init("lockedBytes", lockedByteCount.map(number) ?? .null),
            .init("maps", .array(details.maps.map(number))),
            .init("typesID", number(details.typesID)),
            .init("interface", number(details.interface)),
            .init("runs", number(details.runs.count)),
            .init("nanoseconds", number(details.runs.nanoseconds)),
            .init("recursionMisses", number(details.runs.recursionMisses)),
        ]
        if let holders {
            members.append(
                .init(
                    "holders",
                    .array(
                        holders.map {
                            .object([
                                .init("process", number($0.process)),
                                .init("command", .string($0.command)),
                            ])
                        })))
        }
        if let pins { members.append(.init("pins", .array(pins.map { .string($0) }))) }
        return .object(members)
    }
}
