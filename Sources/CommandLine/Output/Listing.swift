import EBPFBytecode
import EBPFObjectFile

/// A program's instructions between the lines of source that they came from.
struct Listing {
    private let program: ProgramSpec

    init(_ program: ProgramSpec) { self.program = program }

    var lines: [String] {
        var symbols = Disassembler.Symbols()
        for function in program.functions { symbols.labels[function.slot] = function.name }
        for reference in program.references {
            symbols.references[reference.slot] = reference.target.name
        }
        for helper in Helper.all {
            symbols.helpers[Int32(bitPattern: helper.id.rawValue)] = "bpf_" + helper.id.name
        }
        let source = Dictionary(program.lines.map { ($0.slot, $0) }, uniquingKeysWith: { $1 })
        var lines = ["\(program.section): \(program.name)"]
        var last = ""
        for line in Disassembler(symbols: symbols).lines(program.instructions) {
            if let label = line.label { lines.append("\(label):") }
            if let info = source[line.slot], info.place != last {
                last = info.place
                lines.append(
                    "  ; \(info.text.drop { $0.isWhitespace })  (\(info.fileName):\(info.line))")
            }
            let slot = String(line.slot)
            let indent = String(repeating: " ", count: max(0, 7 - slot.count))
            lines.append("\(indent)\(slot):  \(line.text)\(number(ofHelperAt: line.slot))")
        }
        return lines
    }

    /// The number of the helper that an instruction calls, as `#1`; errors speak of numbers.
    private func number(ofHelperAt slot: Int) -> String {
        guard program.instructions.indices.contains(slot) else { return "" }
        let instruction = program.instructions[slot]
        guard instruction.opcode == 0x85, instruction.source == 0,
            HelperID(rawValue: UInt32(bitPattern: instruction.immediate)) != nil
        else { return "" }
        return "#\(instruction.immediate)"
    }
}

extension LineInfo {
    /// The line, without the column: expressions of one line need not repeat it.
    fileprivate var place: String { "\(file):\(line)" }

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
