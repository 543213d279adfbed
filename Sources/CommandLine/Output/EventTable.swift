import EBPFTypeFormat

/// Lays events out one by one, as they come: members below each other where they have the same.
///
/// Columns grow with what they hold; a new heading is printed when the members change.
struct EventTable {
    private var heading: [String] = []
    private var widths: [Int] = []
    /// Whether each line begins with the buffer's name, because there is more than one.
    let showsSource: Bool

    init(showsSource: Bool = false) { self.showsSource = showsSource }

    /// The lines that show one more event: itself, and a heading if it is needed.
    mutating func lines(_ event: TypedValue, from source: String) -> [String] {
        guard case .structure(let fields) = event, fields.count <= 12,
            fields.allSatisfy(\.value.isSimple)
        else { return [prefix(source) + "\(event)"] }
        let names = (showsSource ? ["buffer"] : []) + fields.map(\.name)
        let cells = (showsSource ? [source] : []) + fields.map { Self.cell($0.value) }
        guard names == heading else {
            heading = names
            widths = zip(names, cells).map { max($0.count, $1.count, 6) }
            return [line(names), line(cells)]
        }
        for (index, cell) in cells.enumerated() { widths[index] = max(widths[index], cell.count) }
        return [line(cells)]
    }

    /// A value as a column shows it: text needs no quotes there.
    private static func cell(_ value: TypedValue) -> String {
        guard case .text(let text) = value else { return "\(value)" }
        return text
    }

    private func prefix(_ source: String) -> String { showsSource ? "\(source)  " : "" }

    private func line(_ cells: [String]) -> String {
        let padded = zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }
        let line = padded.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}
