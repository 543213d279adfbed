import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// The instructions of a program of the kernel, with names for what they refer to.
struct TranslatedListing {
    private let listing: Listing
    private let source: ProgramSource
    private let showsBytes: Bool

    init(_ program: KernelProgram, _ source: ProgramSource, showsBytes: Bool) {
        self.source = source
        self.showsBytes = showsBytes
        let name = (try? program.fullName()) ?? program.name
        listing = Listing(
            source.spec(name: name, type: program.type), references: Self.names(source.references))
    }

    /// Maps by their names, functions of the kernel by its table.
    private static func names(_ references: [Int: ProgramSource.Reference]) -> [Int: String] {
        var maps: [UInt32: String] = [:]
        func map(_ id: UInt32) -> String {
            if let known = maps[id] { return known }
            let name = (try? KernelMap(id: id))?.shape.name ?? ""
            maps[id] = name.isEmpty ? "map \(id)" : name
            return maps[id] ?? ""
        }
        let functions = functionNames(references.values)
        return references.mapValues { reference in
            switch reference {
            case .map(let id): map(id)
            case .mapValue(let id, let offset): offset == 0 ? map(id) : "\(map(id))+\(offset)"
            case .function(let distance): functions[distance] ?? "hidden"
            }
        }
    }

    private static func functionNames(
        _ references: some Sequence<ProgramSource.Reference>
    ) -> [Int32: String] {
        let tailCall = Int32(HelperID.tailCall.rawValue)
        var names = [tailCall: "bpf_tail_call"]
        let distances = Set(
            references.compactMap { reference -> Int32? in
                if case .function(let distance) = reference, distance != 0, distance != tailCall {
                    return distance
                }
                return nil
            })
        guard !distances.isEmpty, let symbols = try? KernelSymbols(),
            let base = symbols.address(of: "__bpf_call_base")
        else { return names }
        for distance in distances {
            names[distance] = symbols.name(at: base &+ UInt64(bitPattern: Int64(distance)))
        }
        return names
    }

    /// The listing for people.
    var lines: [String] { listing.lines(showingBytes: showsBytes) }

    /// The listing for scripts.
    var json: JSONValue {
        .object([
            .init("name", .string(listing.program.name)),
            .init("type", .string(listing.program.type.name)),
            .init("instructions", .array(listing.rows.map(json(of:)))),
        ])
    }

    private func json(of row: Listing.Row) -> JSONValue {
        .object([
            .init("slot", .integer(Int128(row.slot))),
            .init("function", row.label.map { .string($0) } ?? .null),
            .init("text", .string(row.text)),
            .init("bytes", .string(HexText.text(listing.bytes(of: row)))),
            .init("source", row.source?.json ?? .null),
        ])
    }

    /// The control flow in the language of Graphviz.
    var graph: String { ControlFlowGraph(listing).text }
}

/// The basic blocks of a listing and the ways between them.
private struct ControlFlowGraph {
    private let listing: Listing
    private let instructions: [Int: Instruction]

    init(_ listing: Listing) {
        self.listing = listing
        var decoded: [Int: Instruction] = [:]
        for row in listing.rows {
            decoded[row.slot] = try? Instruction(
                decoding: listing.program.instructions, at: row.slot)
        }
        instructions = decoded
    }

    /// Where jumps lead; calls come back and are no ways.
    private func target(_ slot: Int) -> Int? {
        switch instructions[slot] {
        case .jump, .branch, .mayJump: instructions[slot]?.target(from: slot)
        default: nil
        }
    }

    /// Whether the next instruction follows.
    private func goesOn(_ slot: Int) -> Bool {
        switch instructions[slot] {
        case .jump, .exit: false
        default: true
        }
    }

    /// Whether a block ends with an instruction.
    private func ends(_ slot: Int) -> Bool { target(slot) != nil || !goesOn(slot) }

    private var blocks: [ArraySlice<Listing.Row>] {
        let rows = listing.rows
        var starts = Set(rows.compactMap { target($0.slot) })
        starts.formUnion(listing.program.functions.map(\.slot))
        starts.formUnion(
            zip(rows, rows.dropFirst()).compactMap { ends($0.slot) ? $1.slot : nil })
        let cuts = rows.indices.filter { $0 == 0 || starts.contains(rows[$0].slot) }
        return zip(cuts, cuts.dropFirst() + [rows.count]).map { rows[$0..<$1] }
    }

    var text: String {
        var lines = [
            "digraph \"\(listing.program.name)\" {", "    node [shape=box fontname=monospace];",
        ]
        for block in blocks {
            guard let first = block.first, let last = block.last else { continue }
            let rows = block.flatMap { row -> [String] in
                let label = row.label.map { ["\($0):"] } ?? []
                return label + ["\(row.slot): \(row.text)"]
            }
            lines.append("    b\(first.slot) [label=\"\(rows.map(escaped).joined())\"];")
            let jump = target(last.slot)
            if let jump { lines.append("    b\(first.slot) -> b\(jump);") }
            let next = last.slot + last.slotCount
            if goesOn(last.slot), listing.rows.contains(where: { $0.slot == next }) {
                let style = jump == nil ? "" : " [style=dashed]"
                lines.append("    b\(first.slot) -> b\(next)\(style);")
            }
        }
        return (lines + ["}"]).joined(separator: "\n")
    }

    private func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\\l"
    }
}
