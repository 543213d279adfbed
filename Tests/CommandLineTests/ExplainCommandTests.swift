import Foundation
import Testing

@testable import EBPFCommandLine

/// `ebpf explain`: the page of a code, and the list of all.
@Suite struct ExplainCommandTests {
    @Test(arguments: ["E003", "3", "possiblyNull"])
    func `a page has the reason, the remedies and two programs`(_ code: String) async {
        let session = await Session.run("explain", code)
        #expect(session.exitCode == 0)
        let page = session.output
        #expect(page.hasPrefix("E003 possiblyNull: a pointer that may be null is used\n"))
        for words in [
            "In C: compare it with NULL first", "In Swift: unwrap it first", "This is refused:",
            "This is accepted:", "    if (!value)", "SEC(\"socket\")",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test func `without a code all are listed`() async {
        let session = await Session.run("explain")
        let lines = session.output.split(separator: "\n")
        #expect(lines.count == 55)
        #expect(lines.first?.hasPrefix("E000  other") ?? false)
        #expect(lines.contains { $0.hasPrefix("E007  packetBounds ") })
    }

    @Test func `a page says what is missing if not everything may be done`() async {
        let session = await Session.run("explain", "E053")
        #expect(
            session.output.contains("Both programs are loaded with CAP_BPF only, and begin with:"))
    }

    @Test func `pages are JSON, too`() async throws {
        let session = await Session.run("explain", "E007", "--json")
        #expect(session.json["code"] as? String == "packetBounds")
        #expect(session.json["number"] as? String == "E007")
        let example = try #require(session.json["example"] as? [String: Any])
        #expect((example["refused"] as? String)?.contains("SEC(\"xdp\")") ?? false)
        #expect(Set(example.keys) == ["refused", "accepted", "capabilities"])
        let all = await Session.run("explain", "--json")
        let list = try JSONSerialization.jsonObject(with: Data(all.output.utf8)) as? [[String: Any]]
        #expect(list?.count == 55)
        let without = list?.first { $0["code"] as? String == "unprovenCheck" }
        #expect(without?["example"] is NSNull)
    }

    @Test(arguments: [("posiblyNull", "did you mean \"possiblyNull\"?"), ("E777", "lists all")])
    func `a code that does not exist is said`(_ code: String, _ words: String) async {
        let session = await Session.run("explain", code)
        #expect(session.exitCode == 2)
        #expect(session.errors.contains("there is no code \"\(code)\""))
        #expect(session.errors.contains(words), "\(session.errors)")
    }
}
