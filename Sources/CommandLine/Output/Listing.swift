import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// A program's instructions between the lines of source that they came from.
struct Listing {
    /// An instruction.
    struct Row {
        let slot: Int
        let slotCount: Int
        /// The function that begins here.
        let label: String?
        /// The line of source, where another one begins.
        let source: LineInfo?
        let text: String
    }

    let program: ProgramSpec
    let rows: [Row]

    /// - Parameter references: what instructions refer to, by slot, besides the program's own
    ///   references; `nil` for a program that is not in the kernel, whose helpers are numbered.
    init(_ program: ProgramSpec, references: [Int: String]? = nil) {
        self.program = program
        var symbols = Disassembler.Symbols()
        for function in program.functions { symbols.labels[function.slot] = function.name }
        for reference in program.references {
            symbols.references[reference.slot] = reference.target.name
        }
        symbols.references.merge(references ?? [:]) { $1 }
        if references == nil {
            for helper in Helper.all {
                symbols.helpers[Int32(bitPattern: helper.id.rawValue)] = "bpf_" + helper.id.name
            }
        }
        let source = Dictionary(program.lines.map { ($0.slot, $0) }, uniquingKeysWith: { $1 })
        var last = ""
        rows = Disassembler(symbols: symbols).lines(program.instructions).map { line in
            var shown: LineInfo?
            if let info = source[line.slot], info.place != last {
                last = info.place
                shown = info
            }
            let number = references == nil ? program.number(ofHelperAt: line.slot) : ""
            return Row(
                slot: line.slot, slotCount: line.slotCount, label: line.label, source: shown,
                text: line.text + number)
        }
    }

    var lines: [String] { lines(showingBytes: false) }

    /// The listing for people.
    func lines(showingBytes: Bool) -> [String] {
        var lines = ["\(program.section): \(program.name)"]
        for row in rows {
            if let label = row.label { lines.append("\(label):") }
            if let source = row.source { lines.append("  ; " + source.quotation) }
            let slot = String(row.slot)
            let indent = String(repeating: " ", count: max(0, 7 - slot.count))
            lines.append("\(indent)\(slot):  \(row.text)")
            if showingBytes { lines.append("          " + HexText.text(bytes(of: row))) }
        }
        return lines
    }

    /// The bytes of an instruction, as they are in memory.
    func bytes(of row: Row) -> [UInt8] {
        program.instructions[row.slot..<row.slot + row.slotCount].flatMap(\.bytes)
    }
}

extension ProgramSpec {
    /// The number of the helper that an instruction calls, as `#1`; errors speak of numbers.
    fileprivate func number(ofHelperAt slot: Int) -> String {
        guard instructions.indices.contains(slot) else { return "" }
        let instruction = instructions[slot]
        guard instruction.opcode == 0x85, instruction.source == 0,
            HelperID(rawValue: UInt32(bitPattern: instruction.immediate)) != nil
        else { return "" }
        return "#\(instruction.immediate)"
    }
}

extension LineInfo {
    /// The line, without the column: expressions of one line need not repeat it.
    fileprivate var place: String { "\(file):\(line)" }

    /// The text of the line and its place, as listings show it.
    var quotation: String { "\(text.drop { $0.isWhitespace })  (\(fileName):\(line))" }

    /// The line for scripts.
    var json: JSONValue {
        .object([
            .init("file", .string(file)), .init("line", .integer(Int128(line))),
            .init("column", .integer(Int128(column))), .init("text", .string(text)),
        ])
    }

    /// The last part of the path.
    var fileName: Substring { file.split(separator: "/").last ?? "" }
}

extension ProgramReference.Target {
    /// What the source calls it.
    var name: String {
        switch self {
        case .map(let name): name
        case .mapValue(let name, let offset): offset == 0 ? name : "\(name)+\(offset)"
        case .kernelFunction(let name, _, _), .kernelVariable(let name, _, _): name
        }
    }
}
