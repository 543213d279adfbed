/// Rows of text in columns, aligned.
struct TextTable {
    /// How the texts of a column are aligned.
    enum Alignment { case left, right }

    private var rows: [[String]] = []
    private let alignments: [Alignment]

    init(_ alignments: Alignment...) { self.alignments = alignments }

    init(_ alignments: [Alignment]) { self.alignments = alignments }

    mutating func add(_ row: String...) { rows.append(row) }

    mutating func add(_ row: [String]) { rows.append(row) }

    /// The table's lines, each indented.
    func lines(indent: Int = 2) -> [String] {
        let widths = alignments.indices.map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = zip(row.indices, row).map { column, text in
                pad(text, to: widths[column], alignments[column])
            }
            let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func pad(_ text: String, to width: Int, _ alignment: Alignment) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return alignment == .left ? text + blanks : blanks + text
    }
}
