import EBPFBytecode
import EBPFObjectFile

/// Whether programs have the form of programs: a section that a loader knows, one parameter, a
/// number as verdict.
struct ProgramForms {
    let metadata: IRMetadata

    /// Looks at all programs.
    ///
    /// - Throws: what is wrong with the first that is not right, at its line.
    func check(_ module: IRModule) throws(LinkFailure) {
        for function in module.functions {
            guard let section = Self.section(function.header), section != LazyGlobals.section,
                !section.hasPrefix(".text")
            else { continue }
            try check(function.header, section, at: place(function.header))
        }
    }

    private func check(
        _ header: String, _ section: String, at place: LineInfo?
    ) throws(LinkFailure) {
        guard let known = SectionName(section) else {
            let names = SectionName.definitions.map(\.name)
            let guess = Spelling.closest(to: section, among: names)
            throw LinkFailure(
                "there is no kind of program \"\(section)\"", at: place,
                remedy: guess.map { "did you mean \"\($0)\"?" }
                    ?? "the section says where the program runs, for instance \"xdp\" or \"tc\"")
        }
        guard Self.parameterCount(header) <= 1 else {
            throw LinkFailure(
                "a program has one parameter, its context", at: place,
                remedy: "other values come from maps, Config and Global variables")
        }
        let result = Self.result(header)
        guard !result.hasPrefix("void") || known.programType == .structOperations else {
            throw LinkFailure(
                "a program returns a verdict", at: place,
                remedy: "write -> Int32, or the verdict of its kind, such as XDPAction")
        }
        guard result.hasPrefix("void") || Self.numbers.contains(result) else {
            throw LinkFailure(
                "a program returns one number, its verdict", at: place,
                remedy: "return Int32, or the verdict of its kind, such as XDPAction")
        }
    }

    private static let numbers: Set<Substring> = ["i1", "i8", "i16", "i32", "i64"]

    /// `… section "xdp" …`
    private static func section(_ header: String) -> String? {
        guard let start = header.firstRange(of: " section \""),
            let end = header[start.upperBound...].firstIndex(of: "\"")
        else { return nil }
        return String(header[start.upperBound..<end])
    }

    /// What follows the function's name, in parentheses; attributes may hold some, too.
    private static func parameterCount(_ header: String) -> Int {
        guard let name = IRText.firstSymbol(header[...]) else { return 0 }
        var (depth, commas, isEmpty) = (0, 0, true)
        for character in header[name.endIndex...] {
            switch character {
            case "(", "{", "<", "[": depth += 1
            case ")", "}", ">", "]":
                depth -= 1
                if depth == 0 { return isEmpty ? 0 : commas + 1 }
            case "," where depth == 1: commas += 1
            default: isEmpty = false
            }
        }
        return 0
    }

    /// The word before the function's name.
    private static func result(_ header: String) -> Substring {
        guard let name = IRText.firstSymbol(header[...]) else { return "" }
        return header[..<name.startIndex].split(separator: " ").last ?? ""
    }

    /// Where the function begins in the source.
    private func place(_ header: String) -> LineInfo? {
        guard let number = IRText.location(header), let node = metadata[number],
            let line = node.number("line"), line > 0, let file = node.reference("file"),
            let name = metadata[file]?.string("filename")
        else { return nil }
        return LineInfo(slot: 0, file: name, line: line, column: 1, text: "")
    }
}
