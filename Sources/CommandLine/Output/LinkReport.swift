import EBPFHooks
import EBPFTypeFormat

/// What a link is like, for people and scripts.
struct LinkReport {
    private let info: LinkInfo
    private let programName: String?
    private let pins: [String]?

    init(_ info: LinkInfo, _ names: ProgramNames, pins: [String]? = nil) {
        self.info = info
        self.pins = pins
        programName = names[info.program]
    }

    /// The cells of a row: number, kind, program, place.
    var row: [String] { ["\(info.id)", info.kind.name, program, place] }

    var lines: [String] {
        var table = TextTable(.left, .left)
        table.add("id", "\(info.id)")
        table.add("kind", info.kind.name)
        if info.program != 0 { table.add("program", program) }
        for fact in info.details.facts { table.add(fact.name, fact.value.text) }
        for pin in pins ?? [] { table.add("pinned", pin) }
        return table.lines(indent: 0)
    }

    var json: JSONValue {
        .object(
            [
                .init("id", .integer(Int128(info.id))), .init("kind", .string(info.kind.name)),
                .init("program", .integer(Int128(info.program))),
                .init("programName", programName.map { .string($0) } ?? .null),
            ] + info.details.facts.map { .init($0.name, $0.value.json) }
                + (pins.map { [.init("pins", .array($0.map { .string($0) }))] } ?? []))
    }

    private var program: String {
        guard info.program != 0 else { return "–" }
        return programName.map { "\(info.program) \($0)" } ?? "\(info.program)"
    }

    private var place: String {
        info.details.facts.map { "\($0.name) \($0.value.text)" }.joined(separator: ", ")
    }
}

extension LinkFact.Value {
    fileprivate var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): text
        case .numbers(let numbers): numbers.map { "\($0)" }.joined(separator: " ")
        }
    }

    fileprivate var json: JSONValue {
        switch self {
        case .number(let number): .integer(Int128(number))
        case .text(let text): .string(text)
        case .numbers(let numbers): .array(numbers.map { .integer(Int128($0)) })
        }
    }
}
