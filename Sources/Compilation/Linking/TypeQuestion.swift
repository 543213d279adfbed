import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// A question about the kernel's types that a program asks when it is loaded.
struct TypeQuestion: Hashable {
    let kind: CORERelocation.Kind
    /// The struct, union or enum.
    let type: String
    /// The members that lead to a field, or the name of an enumerator.
    let path: [String]

    private static let kinds: [String: CORERelocation.Kind] = [
        "offset": .fieldByteOffset, "size": .fieldByteSize, "exists": .fieldExists,
        "type_exists": .typeExists, "type_size": .typeSize,
        "enumerator_exists": .enumeratorExists, "enumerator": .enumeratorValue,
    ]

    /// Takes the name of a symbol apart: `__ebpf_core$offset$task_struct$tgid`.
    init?(symbol: String) {
        guard symbol.hasPrefix(TypeRelocations.prefix) else { return nil }
        let parts = symbol.dropFirst(TypeRelocations.prefix.count)
            .split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, let kind = Self.kinds[parts[0]] else { return nil }
        let isAboutType = kind == .typeExists || kind == .typeSize
        guard isAboutType == (parts.count == 2) else { return nil }
        self.kind = kind
        type = parts[1]
        path = Array(parts[2...])
    }

    var isAboutEnumerator: Bool { kind == .enumeratorValue || kind == .enumeratorExists }
}

/// The questions of an object, and the types that they are about.
struct TypeQuestions {
    private struct Entry {
        let question: TypeQuestion
        let section: String
        let slot: Int
        let line: LineInfo?
    }

    private var entries: [Entry] = []

    mutating func add(_ question: TypeQuestion, section: String, slot: Int, line: LineInfo?) {
        entries.append(Entry(question: question, section: section, slot: slot, line: line))
    }

    /// Writes a record for each question, and the answer of the types at hand into its instruction.
    func write(
        _ extensions: inout TypeExtensionWriter, _ types: inout SwiftTypes,
        _ code: inout [(name: String, instructions: [EncodedInstruction])]
    ) throws {
        guard !entries.isEmpty else { return }
        var excerpt = TypeExcerpt(try TypeExcerpt.available(), entries.map(\.question))
        for entry in entries {
            let answer = try excerpt.answer(entry.question, &types, at: entry.line)
            extensions.add(
                CORERelocation(
                    slot: entry.slot, type: answer.type, access: answer.access,
                    kind: entry.question.kind), in: entry.section, &types.builder)
            guard let index = code.firstIndex(where: { $0.name == entry.section }) else { continue }
            code[index].instructions[entry.slot].immediate = Int32(clamping: answer.value)
            code[index].instructions[entry.slot + 1].immediate = 0
        }
    }
}
