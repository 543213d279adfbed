import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@testable import EBPFCompilation

/// Programs as people get them wrong: what they are told, at which line, with what to do.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct WrongProgramTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let name: String
        /// What follows the first line, `import EBPFProgram`.
        let source: String
        /// The line, and how the message begins.
        let message: String
        var testDescription: String { name }

        init(_ name: String, _ source: String, _ message: String) {
            (self.name, self.source, self.message) = (name, "\n" + source + "\n", message)
        }
    }

    /// Words that only a compiler's author knows.
    private static let forbidden = [
        "$e", "$s1", "LLVM", "llvm", "i64", "GlobalAddress", "__multi", "swift_", "built-in", "DAG",
        "SILFunction", "Stack dump", "call {", "i128 }",
    ]

    private static func program(
        _ body: String, _ head: String = "(_ p: XDPContext) -> Int32", section: String = "xdp"
    ) -> String {
        "@section(\"\(section)\") @used func f\(head) {\n    let n = p.byteCount\n    \(body)\n}"
    }

    static let forms: [Wrong] = [
        Wrong(
            "a section that is not known", program("return Int32(n)", section: "xdp.frag"),
            "2: there is no kind of program \"xdp.frag\"; did you mean \"xdp.frags\"?"),
        Wrong(
            "a section that is like none", program("return Int32(n)", section: "packets"),
            "2: there is no kind of program \"packets\"; the section says where"),
        Wrong(
            "two parameters",
            program("return Int32(n)", "(_ p: XDPContext, _ q: Int) -> Int32"),
            "2: a program has one parameter, its context"),
        Wrong(
            "no verdict", program("_ = n", "(_ p: XDPContext)"), "2: a program returns a verdict"),
        Wrong(
            "two verdicts", program("return (n, n)", "(_ p: XDPContext) -> (Int, Int)"),
            "2: a program returns one number, its verdict"),
        Wrong(
            "a text as verdict", program("return \"pass\"", "(_ p: XDPContext) -> String"),
            "2: a program returns one number, its verdict"),
        Wrong(
            "a program that is not used",
            "@section(\"xdp\") func f(_ p: XDPContext) -> XDPAction { .pass }",
            "2: there is no program in this source: this is not marked @used"),
        Wrong(
            "an asynchronous program",
            "@section(\"xdp\") @used func f(_ p: XDPContext) async -> Int32 { 1 }",
            "2: a kernel program cannot be asynchronous"),
        Wrong(
            "an asynchronous function",
            "func later() async -> Int { 1 }\n" + program("return Int32(n)"),
            "2: a kernel program cannot be asynchronous"),
    ]

    static let statements: [Wrong] = [
        Wrong(
            "a map in a function",
            program("let m = HashMap<UInt32, UInt64>(maxEntries: 4); m[1] = 3; return Int32(n)"),
            "4: a map cannot be a local variable"),
        Wrong("a loop without end", program("_ = n; while true {}"), "4: this loop never ends"),
        Wrong(
            "a loop that counts and does not end",
            program("var i = UInt8(truncatingIfNeeded: n); repeat { i &+= 2 } while true"),
            "4: this loop never ends"),
        Wrong(
            "texts that are compared",
            program("let s = \"abc\"; return s == \"abd\" ? 1 : Int32(n)"),
            "4: a kernel program has no strings"),
        Wrong(
            "a character", program("let c: Character = \"a\"; return c == \"b\" ? 1 : Int32(n)"),
            "4: a kernel program has no strings"),
        Wrong(
            "a number that is printed", program("print(n); return 1"),
            "4: a kernel program has no standard output"),
        Wrong(
            "a text with a number that is printed", program("print(\"n = \\(n)\"); return 1"),
            "4: a kernel program has no strings"),
        Wrong(
            "Int128", program("return Int32(truncatingIfNeeded: Int128(n) * 3)"),
            "4: a kernel program cannot compute with numbers of 128 bits"),
        Wrong(
            "a path that is chosen",
            program(
                "let s: StaticString = n > 3 ? \"task_struct.pid\" : \"task_struct.tgid\"\n"
                    + "    return KernelPointer<Task>.current.field(s, as: Int32.self)"),
            "5: the path of a field of a kernel type must be a literal"),
        Wrong(
            "a path without a field",
            program(
                "_ = n; return KernelPointer<Task>.current.field(\"task_struct.x\", as: Int32.self)"
            ),
            "4: task_struct has no field x"),
        Wrong(
            "a copy that is too large",
            """
            struct Table { var bytes = InlineArray<2000, UInt8>(repeating: 0) }
            let one = Global<Table>(Table())
            let other = Global<Table>(Table())

            """ + program("one.value = other.value; return Int32(n)"),
            "7: this copies more memory than a program can at once"),
        Wrong(
            "a class that is shared",
            "final class Node: Sendable { let x = 1; static let shared = Node() }\n"
                + program("return Int32(Node.shared.x + n)"),
            "2: the initial value of a global is not known before the program runs"),
        Wrong(
            "Hasher",
            program(
                "var h = Hasher(); h.combine(n); return Int32(truncatingIfNeeded: h.finalize())"),
            "3: this needs a part of Swift's library that is made when a program starts"),
        Wrong(
            "more stack than there is",
            program(
                "var a = InlineArray<100, Int>(repeating: n)\n    a[n & 63] = 5\n    return Int32(a[n & 31])"
            ),
            "4: the local values here need more than the 512 bytes of a program's stack "
                + "(the largest: a, line 4: 800 bytes)"),
        Wrong(
            "memory from the heap",
            program(
                "let x = UnsafeMutablePointer<Int>.allocate(capacity: 3); x[n & 1] = n; return Int32(x[0])"
            ),
            "4: a kernel program cannot allocate memory on the heap"),
        Wrong(
            "an array made of a range",
            program("let s = (0..<10).map { $0 * n }; return Int32(s.count)"),
            "4: a kernel program cannot allocate memory on the heap"),
        Wrong(
            "a set", program("var s: Set<Int> = []; s.insert(n); return Int32(s.count)"),
            "4: a kernel program has no sets"),
    ]

    static let compilers: [Wrong] = [
        Wrong(
            "a wrong type", program("let x: UInt8 = n; return Int32(x)"),
            "4: cannot convert value of type 'Int' to specified type 'UInt8'"),
        Wrong("a missing return", program("_ = n"), "5: missing return"),
        Wrong(
            "a missing module", "import Foundation\n" + program("return Int32(n)"),
            "2: no such module 'Foundation'"),
        Wrong("a missing value", program("let x = ; return Int32(n)"), "4: expected initial value"),
        Wrong(
            "a key that is a text",
            "let m = HashMap<String, UInt64>(maxEntries: 4)\n" + program("return Int32(n)"),
            "2: type 'String' does not conform to protocol 'BitwiseCopyable'"),
        Wrong(
            "a variable of the file", "var count = 0\n" + program("count += n; return 1"),
            "2: var 'count' is not concurrency-safe"),
        Wrong(
            "any error",
            "struct E: Error {}\nfunc g(_ n: Int) throws { if n > 3 { throw E() } }\n"
                + program("do { try g(n) } catch { return 2 }; return 1"),
            "3: cannot use a value of protocol type 'any Error' in embedded Swift"),
        Wrong(
            "a key path",
            "struct S { var a: Int32; var b: Int32 }\n"
                + program("let k = n > 3 ? \\S.a : \\S.b; return S(a: 3, b: 4)[keyPath: k]"),
            "5: cannot use key path in embedded Swift"),
        Wrong(
            "a record that is submitted twice",
            "let events = RingBuffer<UInt64>(byteCount: 4096)\n"
                + program(
                    "guard let r = events.reserve() else { return Int32(n) }; r.submit(); r.submit(); return 1"
                ),
            "5: 'r' consumed more than once"),
        Wrong(
            "a loop over an InlineArray",
            "let ports: InlineArray<2, Int> = [22, 80]\n"
                + program("for port in ports where port == n { return 1 }; return 2"),
            "5: for-in loop requires 'InlineArray<2, Int>' to conform to 'Sequence'"),
    ]

    @Test(arguments: forms + statements + compilers)
    func `a wrong program is told what is wrong, at its line`(_ wrong: Wrong) async throws {
        let errors = try await KernelSwift.errors(wrong.source)
        #expect(errors.first?.hasPrefix("Program.swift:\(wrong.message)") ?? false, "\(errors)")
        for error in errors {
            for word in Self.forbidden { #expect(!error.contains(word), "\(error)") }
        }
    }

    /// What is printed is the source's line, and a hint where the compiler has none.
    @Test(arguments: [
        (forms[2].source, "2 | @section(\"xdp\") @used func f"),
        (statements[0].source, "4 |     let m = HashMap<UInt32, UInt64>(maxEntries: 4)"),
        (compilers[2].source, "note: a kernel program can import EBPFProgram and modules made for"),
        (compilers[4].source, "note: keys, values and events are plain memory"),
        (compilers[6].source, "note: say which error is thrown"),
        (compilers[9].source, "note: an InlineArray is gone through by its indices"),
    ])
    func `the message shows the line, and what to do`(
        _ source: String, _ text: String
    ) async throws {
        let error = await #expect(throws: CompilationError.self) {
            _ = try await KernelSwift.bytes(source)
        }
        guard case .rejected(_, let output) = error else { throw try #require(error) }
        #expect(output.contains(text), "\(output)")
        for word in Self.forbidden { #expect(!output.contains(word), "\(output)") }
    }

    private static let padded: [(String, String?)] = [
        (
            "struct Key { var a: UInt8; var b: UInt32 }\nlet m = HashMap<Key, UInt64>(maxEntries: 4)\n"
                + program("m[Key(a: 1, b: UInt32(n))] = 3; return 1"),
            "3: the keys of m have 3 bytes of padding after Key.a, so equal keys may differ"
        ),
        (
            "struct Event { var a: UInt16; var b: UInt64 }\nlet m = RingBuffer<Event>(byteCount: 4096)\n"
                + program("m.send(Event(a: 1, b: UInt64(n))); return 1"),
            "3: the events of m have 6 bytes of padding after Event.a, which show"
        ),
        (
            "struct In { var a: UInt8; var b: UInt16 }\nstruct Key { var i: In; var c: UInt32 }\n"
                + "let m = LRUHashMap<Key, UInt64>(maxEntries: 4)\n"
                + program("m[Key(i: In(a: 1, b: 2), c: UInt32(n))] = 3; return 1"),
            "4: the keys of m have 1 byte of padding after In.a"
        ),
        (
            "struct Key { var b: UInt32; var a: UInt8; var c: UInt8 }\n"
                + "let m = HashMap<Key, UInt64>(maxEntries: 4)\n"
                + program("m[Key(b: UInt32(n), a: 1, c: 2)] = 3; return 1"), nil
        ),
        (
            "struct Key { var a: UInt16; var name: FixedString<16>; var address: InlineArray<2, UInt8> }\n"
                + "let m = HashMap<Key, UInt64>(maxEntries: 4)\n"
                + program(
                    "m[Key(a: UInt16(n), name: FixedString(), address: [1, 2])] = 3; return 1"),
            nil
        ),
    ]

    @Test(arguments: padded) func `padding in keys and events is warned of`(
        _ source: String, _ message: String?
    ) async throws {
        let compiled = try await KernelSwift.program("\n" + source + "\n")
        let warnings = compiled.diagnostics.filter { $0.severity == .warning }
            .map { "\($0.location?.line ?? 0): \($0.message)" }
        #expect(warnings.count == (message == nil ? 0 : 1), "\(warnings)")
        if let message { #expect(warnings.first?.hasPrefix(message) ?? false, "\(warnings)") }
    }

    @Test func `what is not known of a compiler's output is not shown, but where it comes from`() {
        let metadata = IRMetadata([
            "!1 = !DIFile(filename: \"B.swift\", directory: \"/\")",
            "!2 = distinct !DISubprogram(name: \"g\", file: !1, line: 8)",
            "!3 = !DILocation(line: 9, column: 4, scope: !2)",
        ])
        let error = IntermediateError(
            .unknownShape("a branch"), "  br i1 %5, label %x, !dbg !3")
        let place = error.place(metadata, ["B.swift"])
        #expect(place?.line == 9)
        #expect(error.mistake(at: place) == nil)
        let shown = CompilationError.unknownIntermediate(
            compiler: "Swift version 9.9", what: error.explanation, place: "B.swift:9:4: ")
        #expect(
            "\(shown)".hasPrefix(
                "B.swift:9:4: error: Swift version 9.9 made something of this source that this "
                    + "version of ebpf does not know: a form of a branch. It was tried with Swift 6.3"
            ))
    }

    @Test func `a crash of the compiler names the function, and nothing of the compiler`() throws {
        let output = """
            Stack dump:
            4.\tWhile silgen emitFunction SIL function "@$e1fyyYaF".
             for 'f()' (at Missing.swift:2:1)
             #0 0x000055e08c9a1738 llvm::sys::PrintStackTrace(llvm::raw_ostream&, int)
            """
        let crash = try #require(CompilerCrash(output, UserSources(paths: ["Missing.swift"])))
        #expect(
            "\(crash.failure.diagnostic)"
                == "Missing.swift:2:1: error: the Swift compiler itself fails at 'f()'; write it in "
                + "another way; this is a fault to report at swift.org")
        #expect(CompilerCrash("Killed", UserSources(paths: [])) == nil)
    }

    /// The verifier's log of a Swift program quotes the lines of its source.
    private static let refused: [(body: String, words: String, help: String)] = [
        (
            "_ = n; return Int32(UnsafePointer<UInt16>(bitPattern: 4096)!.pointee)",
            "this is not a pointer that can be used here", "through KernelPointer"
        ),
        (
            "var i = n; var s = 0; while i != 1 { i = i & 1 == 0 ? i / 2 : 3 &* i &+ 1; s &+= 1; Trace.seen.lookup(0)?.pointee &+= 1 }; return Int32(truncatingIfNeeded: s)",
            "error: the program ", "give the loop a limit"
        ),
    ]

    @Test(.liveKernel, arguments: refused)
    func `the kernel's refusal quotes the Swift line`(
        _ body: String, _ words: String, _ help: String
    ) async throws {
        let source =
            "\nenum Trace { static let seen = ArrayMap<UInt64>(maxEntries: 1) }\n"
            + Self.program(body) + "\n"
        let specs = try await KernelSwift.compile(source)
        let refusal = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        let text = "\(try #require(refusal))"
        #expect(text.contains("Program.swift:5:"), "\(text)")
        #expect(text.contains(words), "\(text)")
        #expect(text.contains("    " + body.prefix(30)), "\(text)")
        #expect(text.contains(help), "\(text)")
    }
}
