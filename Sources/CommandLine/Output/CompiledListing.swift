import EBPFCompilation
import EBPFExecution
import EBPFMachineCode
import EBPFObjectFile
import EBPFTypeFormat

/// A program's machine code as the machine makes it, between its instructions and lines of source.
struct CompiledListing {
    private struct Line {
        let offset: Int
        let bytes: ArraySlice<UInt8>
        let text: String?
    }

    private let listing: Listing
    private let name: String
    private let unit: CompiledUnit
    private let lines: [Line]
    private let architecture: MachineCodeDisassembler.Architecture
    /// The least time that a compilation takes.
    private let compileTime: Duration
    /// Whether there was no tool to disassemble with.
    let isUnread: Bool

    /// - Returns: `nil` if the program is interpreted.
    init?(
        _ program: UserSpaceProgram, for architecture: MachineCodeDisassembler.Architecture
    ) async throws {
        guard let unit = try program.machineCode(for: architecture.processor) else { return nil }
        self.unit = unit
        compileTime = try Self.leastTime {
            _ = try program.machineCode(for: architecture.processor)
        }
        self.architecture = architecture
        name = program.name
        listing = Listing(program.spec)
        let tool = MachineCodeDisassembler()
        isUnread = tool == nil
        let known = try await tool?.lines(of: unit.code, at: 0, for: architecture)
        // Without a disassembler: sixteen bytes a line.
        let starts = known?.map(\.offset) ?? Array(stride(from: 0, to: unit.code.count, by: 16))
        let ends = starts.dropFirst() + [unit.code.count]
        lines = zip(starts, ends).enumerated().compactMap { index, range in
            guard range.0 <= range.1, range.1 <= unit.code.count else { return nil }
            return Line(
                offset: range.0, bytes: unit.code[range.0..<range.1],
                text: known.map { Self.withoutSymbol($0[index].text) })
        }
    }

    private static func leastTime(_ work: () throws -> Void) rethrows -> Duration {
        var least = Duration.seconds(1000)
        for _ in 0..<20 {
            let start = ContinuousClock.now
            try work()
            least = min(least, ContinuousClock.now - start)
        }
        return least
    }

    /// `jmp 0x50 <.text+0x50>` without what it says twice.
    private static func withoutSymbol(_ text: String) -> String {
        var words = text.split(separator: " ")
        if words.last?.hasPrefix("<.text") == true { words.removeLast() }
        return words.joined(separator: " ")
    }

    private var perInstruction: String {
        let count = max(listing.program.instructions.count, 1)
        let tenths = (unit.code.count * 10 + count / 2) / count
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// The listing for people.
    var text: [String] {
        var result = [
            "\(listing.program.section): \(name), \(architecture.rawValue), \(unit.code.count) bytes, "
                + "\(perInstruction) a slot"
        ]
        let rows = Dictionary(listing.rows.map { ($0.slot, $0) }) { first, _ in first }
        var shown = -1
        for part in unit.parts {
            // Instructions that went into one with others are shown before it.
            if let slot = part.slot {
                for row in listing.rows where row.slot > shown && row.slot <= slot {
                    result += lines(of: row)
                }
                shown = max(shown, slot)
                if rows[slot] == nil { result.append("  \(slot):") }
            }
            for line in lines where part.bytes.contains(line.offset) {
                let offset = String(line.offset, radix: 16)
                let indent = String(repeating: " ", count: max(0, 14 - offset.count))
                result.append(
                    "\(indent)\(offset):  \(line.text ?? HexText.text(Array(line.bytes)))")
            }
        }
        return result
    }

    private func lines(of row: Listing.Row) -> [String] {
        var lines: [String] = []
        if let label = row.label { lines.append("\(label):") }
        if let source = row.source { lines.append("  ; " + source.quotation) }
        let slot = String(row.slot)
        let indent = String(repeating: " ", count: max(0, 7 - slot.count))
        lines.append("\(indent)\(slot):  \(row.text)")
        return lines
    }

    /// The listing for scripts.
    var json: JSONValue {
        let parts = unit.parts
        let instructions = lines.map { line -> JSONValue in
            let slot = parts.first { $0.bytes.contains(line.offset) }?.slot
            return .object([
                .init("offset", .integer(Int128(line.offset))),
                .init("slot", slot.map { .integer(Int128($0)) } ?? .null),
                .init("text", line.text.map { .string($0) } ?? .null),
                .init("bytes", .string(HexText.text(Array(line.bytes)))),
            ])
        }
        return .object([
            .init("name", .string(name)),
            .init("architecture", .string(architecture.rawValue)),
            .init("byteCount", .integer(Int128(unit.code.count))),
            .init("slotCount", .integer(Int128(listing.program.instructions.count))),
            .init("compileNanoseconds", .integer(Int128(compileTime / .nanoseconds(1)))),
            .init("instructions", .array(instructions)),
        ])
    }
}

extension MachineCodeDisassembler.Architecture {
    /// What to compile for.
    fileprivate var processor: Compiler.Processor {
        switch self {
        case .arm64: .arm64
        case .x86:
            // Another machine's listing shows what processors of the last ten years get.
            if case .x86(let features)? = Compiler.Processor.current {
                .x86(features)
            } else {
                .x86(X86Features(hasBMI2: true))
            }
        }
    }
}
