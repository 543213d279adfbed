import EBPFObjectFile
import EBPFTypeFormat
import EBPFVerification

/// What a walk cost, by line of source and by function: where a program near the limit can be made
/// smaller.
struct LineCosts {
    /// A line, or a function, with its part of the cost.
    struct Row {
        /// The line; `nil` for instructions of which none is known, and for functions.
        let line: LineInfo?
        let function: String
        var cost = Verification.SlotCost()
    }

    /// The lines that cost something, the most expensive first.
    let lines: [Row]
    /// The functions, the most expensive first.
    let functions: [Row]
    private let program: ProgramSpec
    private let total: Verification.Statistics
    private let limit: Int

    init(_ program: ProgramSpec, _ total: Verification.Statistics, limit: Int) {
        self.limit = limit
        self.program = program
        self.total = total
        var lines: [String: Row] = [:]
        var functions: [String: Row] = [:]
        for (slot, cost) in total.slots.enumerated() where cost.processed > 0 {
            let function = program.function(at: slot)?.name ?? program.name
            let line = program.line(at: slot).flatMap { $0.line > 0 ? $0 : nil }
            let key = line.map { "\($0.file):\($0.line)" } ?? function
            lines[key, default: Row(line: line, function: function)].cost += cost
            functions[function, default: Row(line: nil, function: function)].cost += cost
        }
        self.lines = Self.sorted(lines)
        self.functions = Self.sorted(functions)
    }

    private static func sorted(_ rows: [String: Row]) -> [Row] {
        let ordered = rows.sorted { (first, second) -> Bool in
            let (one, other) = (first.value.cost.processed, second.value.cost.processed)
            return one == other ? first.key < second.key : one > other
        }
        return ordered.map(\.value)
    }
}

// MARK: Text

extension LineCosts {
    /// How many lines are shown to people.
    private static let shownLines = 12

    /// The most expensive lines, and what each function costs where there are several.
    var text: [String] {
        let share = Self.percent(total.processed, of: limit)
        var text = [
            "program \(program.name): \(total.processed) instructions looked at, \(share) of the "
                + "limit of \(limit)"
        ]
        var table = TextTable(.right, .right, .right, .right, .left, .left)
        table.add("share", "processed", "states", "pruned", "line", "")
        for row in lines.prefix(Self.shownLines) {
            let source = row.line.map { "\($0.fileName):\($0.line)" } ?? "\(row.function)()"
            let quotation = row.line.map { String($0.text.drop { $0 == " " || $0 == "\t" }) }
            table.add(cells(of: row) + [source, String((quotation ?? "").prefix(60))])
        }
        text += table.lines()
        if lines.count > Self.shownLines {
            text.append("  … and \(lines.count - Self.shownLines) more lines")
        }
        guard functions.count > 1 else { return text }
        var second = TextTable(.right, .right, .right, .right, .left)
        second.add("share", "processed", "states", "pruned", "function")
        for row in functions.prefix(Self.shownLines) {
            second.add(cells(of: row) + ["\(row.function)()"])
        }
        return text + second.lines()
    }

    private func cells(of row: Row) -> [String] {
        [
            Self.percent(row.cost.processed, of: total.processed), "\(row.cost.processed)",
            "\(row.cost.states)", "\(row.cost.pruned)",
        ]
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        let share = whole > 0 ? (Double(part) * 1000 / Double(whole)).rounded() / 10 : 0
        return "\(share) %"
    }
}

// MARK: JSON

extension LineCosts {
    /// The lines and functions for scripts, all of them.
    var members: [JSONValue.Member] {
        [
            .init("limit", .integer(Int128(limit))),
            .init(
                "lines",
                .array(
                    lines.map { row in
                        .object(
                            [
                                .init("source", row.line?.json ?? .null),
                                .init("function", .string(row.function)),
                            ] + row.cost.members)
                    })),
            .init(
                "functions",
                .array(
                    functions.map { row in
                        .object([.init("function", .string(row.function))] + row.cost.members)
                    })),
        ]
    }
}

extension Verification.SlotCost {
    fileprivate var members: [JSONValue.Member] {
        [
            .init("processed", .integer(Int128(processed))),
            .init("states", .integer(Int128(states))),
            .init("pruned", .integer(Int128(pruned))),
        ]
    }
}
