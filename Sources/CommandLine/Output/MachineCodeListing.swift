import EBPFBytecode
import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// The machine code of a program, between the lines of source it came from.
struct MachineCodeListing {
    private struct Row {
        let offset: Int
        let bytes: ArraySlice<UInt8>
        let text: String?
        let source: LineInfo?
    }
    private struct Function {
        let name: String
        let address: UInt64
        let rows: [Row]
    }

    private let name: String
    private var functions: [Function] = []
    private let showsBytes: Bool
    /// Whether there was no tool to disassemble with.
    let isUnread: Bool

    init(_ program: KernelProgram, _ source: ProgramSource, showsBytes: Bool) async throws {
        name = (try? program.fullName()) ?? program.name
        self.showsBytes = showsBytes
        let tool = MachineCodeDisassembler()
        isUnread = tool == nil
        var names = CodeNames(source)
        for (function, title) in zip(source.code.functions, source.functionNames) {
            let code = Array(source.code.machineCode[function.machineCode])
            let lines = try await tool?.lines(of: code, at: function.address).map {
                (offset: $0.offset, text: names.named($0.text, in: function))
            }
            functions.append(
                Function(
                    name: title, address: function.address,
                    rows: Self.rows(code, lines, source.sources(in: function))))
        }
    }

    private static func rows(
        _ code: [UInt8], _ lines: [(offset: Int, text: String)]?, _ sources: [Int: LineInfo]
    ) -> [Row] {
        // Without a disassembler: sixteen bytes a row.
        let starts = lines?.map(\.offset) ?? Array(stride(from: 0, to: code.count, by: 16))
        let ends = starts.dropFirst() + [code.count]
        var last = ""
        return zip(starts, ends).enumerated().compactMap { index, range in
            guard range.0 <= range.1, range.1 <= code.count else { return nil }
            var source = sources[range.0]
            let place = source.map { "\($0.file):\($0.line)" } ?? last
            if place == last { source = nil }
            last = place
            return Row(
                offset: range.0, bytes: code[range.0..<range.1], text: lines?[index].text,
                source: source)
        }
    }
}

/// Names for the addresses that machine code jumps to and calls.
private struct CodeNames {
    private var names: [UInt64: String]
    private var symbols: KernelSymbols??

    /// The program's own functions; the kernel's are looked up when they are needed.
    init(_ source: ProgramSource) {
        names = Dictionary(
            zip(source.code.functions.map(\.address), source.functionNames).filter { $0.0 != 0 }
        ) { first, _ in first }
    }

    /// An instruction with the name of what it calls; jumps inside of the function by offset.
    mutating func named(_ text: String, in function: ProgramCode.Function) -> String {
        var words = text.split(separator: " ").map(String.init)
        if words.last?.hasPrefix("<.text") == true { words.removeLast() }
        let isCode = ["call", "j", "b"].contains { words[0].hasPrefix($0) }
        guard isCode, words.count > 1, let last = words.last, last.hasPrefix("0x"),
            let address = UInt64(last.dropFirst(2), radix: 16)
        else { return words.joined(separator: " ") }
        let offset = address &- function.address
        if offset < UInt64(function.machineCode.count), names[address] == nil {
            words[words.count - 1] = String(offset, radix: 16)
        } else if let name = name(at: address) {
            words.append("<\(name)>")
        }
        return words.joined(separator: " ")
    }

    private mutating func name(at address: UInt64) -> String? {
        if let known = names[address] { return known }
        let table = symbols ?? (try? KernelSymbols())
        symbols = .some(table)
        let name = table?.name(at: address)
        names[address] = name
        return name
    }
}

extension MachineCodeListing {
    /// The listing for people.
    var lines: [String] {
        functions.flatMap { function -> [String] in
            ["\(function.name):  (at 0x\(String(function.address, radix: 16)))"]
                + function.rows.flatMap(lines(of:))
        }
    }

    private func lines(of row: Row) -> [String] {
        var lines = row.source.map { ["  ; " + $0.quotation] } ?? []
        let offset = String(row.offset, radix: 16)
        let indent = String(repeating: " ", count: max(0, 7 - offset.count))
        let bytes = HexText.text(Array(row.bytes))
        lines.append("\(indent)\(offset):  \(row.text ?? bytes)")
        if showsBytes, row.text != nil { lines.append("          " + bytes) }
        return lines
    }

    /// The listing for scripts.
    var json: JSONValue {
        .object([
            .init("name", .string(name)),
            .init(
                "functions",
                .array(
                    functions.map { function in
                        .object([
                            .init("name", .string(function.name)),
                            .init("address", .integer(Int128(function.address))),
                            .init("instructions", .array(function.rows.map(json(of:)))),
                        ])
                    })),
        ])
    }

    private func json(of row: Row) -> JSONValue {
        .object([
            .init("offset", .integer(Int128(row.offset))),
            .init("text", row.text.map { .string($0) } ?? .null),
            .init("bytes", .string(HexText.text(Array(row.bytes)))),
            .init("source", row.source?.json ?? .null),
        ])
    }
}

extension ProgramSource {
    /// The lines of source of a function, by where their machine code begins in it.
    fileprivate func sources(in function: ProgramCode.Function) -> [Int: LineInfo] {
        let end = function.address &+ UInt64(function.machineCode.count)
        var sources: [Int: LineInfo] = [:]
        for (record, line) in zip(code.lines, lines) {
            guard let address = record.address, address >= function.address, address < end
            else { continue }
            sources[Int(address - function.address)] = line
        }
        return sources
    }
}
