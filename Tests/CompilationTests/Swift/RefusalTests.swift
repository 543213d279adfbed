import Testing

@testable import EBPFCompilation

/// What of Swift a kernel program may not use: each says so at the user's line, in Swift's words.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct RefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let name: String
        /// What precedes the program, from line 2 on.
        let declarations: String
        /// The program's body.
        let body: String
        /// The file, the line and how the message begins.
        let message: String
        var testDescription: String { name }

        init(_ name: String, _ declarations: String, _ body: String, _ message: String) {
            self.name = name
            (self.declarations, self.body, self.message) = (declarations, body, message)
        }

        var source: String {
            "\n\(declarations)\n@section(\"xdp\") @used func f(_ p: XDPContext) -> Int32 {\n"
                + "    let n = p.byteCount\n    \(body)\n}\n"
        }
    }

    /// Words that only a compiler's author knows.
    private static let forbidden = [
        "$e", "$s1", "LLVM", "llvm", "i64", "GlobalAddress", "__multi", "swift_", "built-in", "DAG",
    ]

    private static let heap = "a kernel program cannot allocate memory on the heap"

    static let refusals: [Refusal] = [
        Refusal(
            "a class",
            "final class Node { var x = 1 }\nlet table = ArrayMap<UInt64>(maxEntries: 1)",
            """
            let node = Node()
                node.x += n
                table.lookup(0)?.pointee = UInt64(UInt(bitPattern: ObjectIdentifier(node)))
                return Int32(truncatingIfNeeded: node.x)
            """, "Program.swift:6: \(heap)"),
        Refusal(
            "an array that grows", "",
            "var list: [Int] = []; list.append(n)\n    return Int32(list.count)",
            "Program.swift:5: \(heap)"),
        Refusal(
            "a closure that escapes", "func maker(_ n: Int) -> () -> Int { { n + 1 } }",
            "let c = n > 5 ? maker(n) : maker(3)\n    return Int32(truncatingIfNeeded: c())",
            "Program.swift:2: \(heap)"),
        Refusal(
            "an existential", "protocol P {}\nstruct A: P {}; struct B: P {}",
            "let x: any P = n > 3 ? A() : B(); _ = x; return 1",
            "Program.swift:6: cannot use a value of protocol type 'any P' in embedded Swift"),
        Refusal(
            "recursion",
            "func tree(_ n: Int) -> Int {\n    n < 2 ? 1 : tree(n &- 1) &+ tree(n &- 2) }",
            "return Int32(truncatingIfNeeded: tree(n))",
            "Program.swift:3: a kernel program cannot call a function from within itself"),
        Refusal(
            "floating point", "",
            "let half = n / 2\n    let x = Double(half)\n    return Int32(x * 1.5)",
            "Program.swift:6: a kernel program cannot compute with floating-point numbers"),
        Refusal(
            "floating point in a function",
            "func scale(_ n: Int) -> Int {\n    Int(Float(n) * 0.5) }",
            "return Int32(truncatingIfNeeded: scale(n))",
            "Program.swift:3: a kernel program cannot compute with floating-point numbers"),
        Refusal(
            "six arguments",
            "@inline(never) func six(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int, _ f: Int) -> Int {\n    a ^ b ^ c ^ d ^ e ^ f }",
            "return Int32(truncatingIfNeeded: six(n, n &+ 1, n &+ 2, n &+ 3, n &+ 4, n &* 5))",
            "Program.swift:2: a function that is not inlined takes at most five arguments"),
        Refusal(
            "a result of two registers",
            "@inline(never) func two(_ n: Int) -> (Int, Int) { (n, n &+ 1) }",
            "let m = two(n); return Int32(truncatingIfNeeded: m.0 &+ m.1)",
            "Program.swift:2: a function that is not inlined returns at most 8 bytes"),
        Refusal(
            "more stack than there is", "",
            "var a = InlineArray<100, Int>(repeating: n)\n    a[n & 63] = 5\n    return Int32(truncatingIfNeeded: a[n & 31])",
            "Program.swift:5: the local values here need more than the 512 bytes"),
        Refusal(
            "products of 128 bits", "",
            "let (high, low) = n.multipliedFullWidth(by: n &+ 7)\n    return Int32(truncatingIfNeeded: high &+ Int(truncatingIfNeeded: low))",
            "Program.swift:5: this multiplies in 128 bits"),
        Refusal(
            "strings", "",
            "let s = \"length \\(n)\"; return Int32(truncatingIfNeeded: s.utf8.count)",
            "Program.swift:5: a kernel program has no strings"),
        Refusal(
            "a dictionary", "", "var d: [Int: Int32] = [:]; d[n] = 4; return d[3] ?? 1",
            "Program.swift:5: a kernel program has no dictionaries"),
        // Swift's optimiser drops the line of these two calls: a word of the source tells it.
        Refusal(
            "random numbers", "", "return Int32.random(in: 0..<10)",
            "Program.swift:5: a kernel program cannot use Swift's random numbers"),
        Refusal(
            "printing", "", "print(\"hello\"); return 3",
            "Program.swift:5: a kernel program has no standard output"),
        Refusal(
            "a view of a packet with a gap", "struct Both { var link: Ethernet; var ip: IPv4 }",
            "guard let both = p.header(Both.self) else { return 1 }\n    return Int32(both.value.ip.timeToLive) &+ Int32(n)",
            "Program.swift:5: Both has a gap: ip is at byte 16, where Swift's alignment puts it, not "
                + "at byte 14"),
        Refusal(
            "a view of a packet with a gap inside",
            "struct Inner { var a: UInt8; var b: UInt16 }; struct Outer { var x: UInt16; var y: Inner }",
            "if let outer = p.header(Outer.self, at: 14), outer.value.y.b == 7 { return 1 }\n    return 0",
            "Program.swift:5: Outer has a gap: y.b is at byte 4"),
        Refusal(
            "a function that nobody wrote", "", "return noSuch(n)",
            "Program.swift:5: cannot find 'noSuch' in scope"),
    ]

    @Test(arguments: refusals) func `what cannot work is said at the user's line`(
        _ refusal: Refusal
    ) async throws {
        let errors = try await KernelSwift.errors(refusal.source)
        #expect(errors.first?.hasPrefix(refusal.message) ?? false, "\(errors)")
        for error in errors {
            for word in Self.forbidden { #expect(!error.contains(word), "\(error)") }
        }
    }

    @Test func `a source without a program says how to mark one`() async throws {
        let errors = try await KernelSwift.errors("\nfunc f() -> Int32 { 1 }\n")
        #expect(errors.count == 1)
        #expect(errors.first?.contains("mark one with @section(\"xdp\") @used") ?? false)
    }

    @Test func `the generator's words are translated, known or not`() throws {
        let output = """
            error: A.swift:3:7: in function $e1f i64 (i64): unsupported whatever

            error: <unknown>:0:0: in function $e1g i64 (i64): stack arguments are not supported

            error: A.swift:3:9: in function $e1f i64 (i64): only small returns supported
            2 errors generated.
            """
        let metadata = IRMetadata([
            "!1 = !DIFile(filename: \"B.swift\", directory: \"/\")",
            "!2 = distinct !DISubprogram(name: \"g\", linkageName: \"$e1g\", file: !1, line: 8)",
        ])
        let refusal = try #require(
            GenerationRefusal(output, metadata, sources: UserSources(paths: [])))
        #expect(
            refusal.diagnostics.map(\.description) == [
                "A.swift:3:7: error: a kernel program cannot do this; write it with integers and fixed sizes",
                "B.swift:8:1: error: a function that is not inlined takes at most five arguments of 8 bytes each; pass a struct by inout, or remove @inline(never)",
            ])
        #expect(
            GenerationRefusal(
                "clang: error: no such file", metadata, sources: UserSources(paths: [])) == nil)
    }
}
