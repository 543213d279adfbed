import ArgumentParser
import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf explain`: what a rejection means, with a small wrong and a small right program.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a verifier's rejection: why the rule exists, and what to change.",
        discussion: """
            ebpf explain                    # all codes
            ebpf explain E003
            ebpf explain possiblyNull

            Messages of `ebpf verify` and `ebpf build` end with the code.
            """)

    @Argument(help: "A number or a name; without one, all codes are listed.")
    var code: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        guard let code else {
            let values = RejectionPage.all.map(\.json)
            return Terminal.say(json ? JSONValue.array(values).indented : Self.list)
        }
        guard let found = Rejection.Code(code) else {
            let guess = Spelling.suggestion(
                for: code, among: RejectionPage.all.flatMap { [$0.code.number, $0.code.rawValue] })
            throw Failure(
                message: "there is no code \"\(code)\"\(guess); `ebpf explain` lists all of them")
        }
        let page = RejectionPage.page(of: found)
        Terminal.say(json ? page.json.indented : page.text)
    }

    private static var list: String {
        var table = TextTable(.left, .left, .left)
        for page in RejectionPage.all {
            table.add(page.code.number, page.code.rawValue, page.title)
        }
        return table.lines(indent: 0).joined(separator: "\n")
    }
}

extension RejectionPage.Example {
    /// What whoever loads the programs has, if not everything.
    fileprivate var loader: String? {
        guard capabilities != .all else { return nil }
        return capabilities.names.joined(separator: " and ") + " only"
    }
}

extension RejectionPage {
    /// The page for people.
    var text: String {
        var parts = ["\(code.number) \(code.rawValue): \(title)", why.wrapped()]
        if !inC.isEmpty { parts.append("In C: \(inC).".wrapped()) }
        if !inSwift.isEmpty { parts.append("In Swift: \(inSwift).".wrapped()) }
        if let example {
            parts += [
                (example.loader.map { "Both programs are loaded with \($0), and begin with:" }
                    ?? "Both programs begin with:"), example.beginning.quoted,
                "This is refused:", example.wrong.quoted,
                "This is accepted:", example.right.quoted,
            ]
        }
        return parts.joined(separator: "\n\n")
    }

    /// The page for scripts.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("number", .string(code.number)), .init("code", .string(code.rawValue)),
            .init("title", .string(title)), .init("why", .string(why)),
            .init("inC", .string(inC)), .init("inSwift", .string(inSwift)),
        ]
        let programs = example.map { example in
            JSONValue.object([
                .init("refused", .string(example.refused)),
                .init("accepted", .string(example.accepted)),
                .init("capabilities", .array(example.capabilities.names.map { .string($0) })),
            ])
        }
        members.append(.init("example", programs ?? .null))
        return .object(members)
    }
}

extension String {
    /// The text in lines of at most 80 characters.
    fileprivate func wrapped() -> String {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            if !line.isEmpty, line.count + word.count >= 80 {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return (lines + [line]).joined(separator: "\n")
    }

    /// The text, indented as a block; empty lines at its ends are dropped.
    fileprivate var quoted: String {
        var lines = split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines.map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
    }
}
