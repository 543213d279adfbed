import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import EBPFVerification
import Foundation
import Testing

/// The pages of `ebpf explain`: their programs are real, and what they say of them is true.
@Suite struct CatalogueTests {
    /// A page with programs.
    struct Page: CustomTestStringConvertible, Sendable {
        let code: Rejection.Code
        let example: RejectionPage.Example

        var testDescription: String { "\(code.number) \(code)" }
    }

    private static let pages: [Page] = RejectionPage.all.compactMap { page in
        page.example.map { Page(code: page.code, example: $0) }
    }

    /// Whether C can be compiled here, and types of a kernel are known.
    private static let canJudge = (try? CCompiler()) != nil && KernelTypes.areReadable

    @Test(.enabled("clang and the types of a kernel are here") { canJudge }, arguments: pages)
    func `the wrong program is refused for this reason, the right one accepted`(
        _ page: Page
    ) async throws {
        var verifier = Verifier(kernelTypes: try KernelTypes.shared.vmlinux())
        verifier.options.instructionLimit = 100_000
        verifier.options.capabilities = page.example.capabilities
        for (source, wanted) in [(page.example.refused, page.code), (page.example.accepted, nil)] {
            let specs = try await Self.compile(source)
            let program = try #require(specs.programs.values.first)
            var found: Rejection.Code?
            switch verifier.verify(program, of: specs).verdict {
            case .accepted: break
            case .rejected(let rejection): found = rejection.code
            case .undecided(let reason): Issue.record("\(reason)")
            }
            #expect(found == wanted, "\(source)")
        }
    }

    @Test(.liveKernel, .enabled("clang is here") { canJudge }, arguments: pages)
    func `the kernel says the same of both`(_ page: Page) async throws {
        for (source, isFine) in [(page.example.refused, false), (page.example.accepted, true)] {
            let specs = try await Self.compile(source)
            let program = try #require(specs.programs.values.first)
            let loader = page.example.capabilities
            switch KernelHost().verdict(on: program.name, of: specs, as: loader).answer {
            case .accepted: #expect(isFine, "\(source)")
            case .rejected(let rejection): #expect(!isFine, "\(rejection)")
            // The loader itself finds what is missing in the kernel.
            case .unavailable(let failure):
                #expect(page.code == .missingInKernel || page.code == .attachTarget, "\(failure)")
            }
        }
    }

    private static func compile(_ source: String) async throws -> ObjectSpecs {
        let name = "page.bpf.c"
        let object = try await CCompiler().compile(.text(source, name: name))
        return try ObjectFile(object.bytes, name: name).specs()
    }

    @Test func `every code has a page, and a number of its own`() {
        #expect(RejectionPage.all.map(\.code.number) == RejectionPage.all.indices.map(Self.number))
        #expect(Set(RejectionPage.all.map(\.code)) == Set(Rejection.Code.allCases))
        for page in RejectionPage.all where page.code != .other {
            #expect(!page.why.isEmpty && !page.inC.isEmpty && !page.inSwift.isEmpty)
            #expect(!page.why.contains("  "), "\(page.why)")
            #expect(page.title.first?.isLowercase ?? false)
        }
        #expect(Self.pages.count >= 40)
    }

    @Test func `the table of the commonest rejections is of this catalogue`() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = root + "/Documentation/Rejections.md"
        let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| E") }
        #expect(rows.count == 40)
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let name = cells[0].split(separator: " ").last?.dropFirst().dropLast() ?? ""
            let code = try #require(Rejection.Code(rawValue: String(name)))
            #expect(cells[0] == "\(code.number) `\(code)`")
            #expect(cells[2] == code.summary)
        }
        let counts = rows.compactMap { Int($0.split(separator: "|")[1].filter(\.isNumber)) }
        #expect(counts.count == 40 && counts == counts.sorted(by: >))
    }

    private static func number(_ index: Int) -> String {
        "E" + String(repeating: "0", count: index < 10 ? 2 : 1) + "\(index)"
    }

    @Test(
        arguments: [
            ("E003", .possiblyNull), ("e3", .possiblyNull), ("3", .possiblyNull),
            ("possiblynull", .possiblyNull), ("E000", .other), ("E052", .movedArgument),
            ("E999", nil),
            ("E", nil), ("", nil), ("E-1", nil),
        ] as [(String, Rejection.Code?)])
    func `codes are found by number and by name`(_ text: String, _ code: Rejection.Code?) {
        #expect(Rejection.Code(text) == code)
    }

    @Test(
        arguments: [
            (.uninitializedRegister, "E001"), (.outOfBounds, "E005"), (.misaligned, "E010"),
            (.argumentType, "E015"), (.fallsThrough, "E020"), (.locking, "E025"),
            (.attachTarget, "E030"), (.emptyAccess, "E035"), (.dynptr, "E040"),
            (.listOrTree, "E045"),
            (.writeOnly, "E050"), (.missingCapability, "E053"), (.speculation, "E054"),
        ] as [(Rejection.Code, String)])
    func `numbers never change`(_ code: Rejection.Code, _ number: String) {
        #expect(code.number == number)
    }
}
