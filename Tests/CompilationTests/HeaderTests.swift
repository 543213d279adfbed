import EBPFBytecode
import EBPFCompilation
import Testing

@Suite(.enabled("a clang with the BPF target") { await Clang.isAvailable() })
struct HeaderTests {
    static let names = HeaderSet.standard.files.map(\.name)

    @Test(arguments: names) func `a header compiles alone`(name: String) async throws {
        _ = try await Clang.compile("#include <\(name)>\nint x;\n")
    }

    @Test func `all headers compile together in any order`() async throws {
        // vmlinux.h and the headers of user space define the same types: one or the other.
        let names = Self.names.filter { $0 != "vmlinux.h" }
        var generator = SystemRandomNumberGenerator()
        for order in [names, names.reversed(), names.shuffled(using: &generator)] {
            let text = order.map { "#include <\($0)>\n" }.joined()
            _ = try await Clang.compile(text)
        }
    }

    @Test func `nothing of the system is used`() async throws {
        do {
            _ = try await Clang.compile("#include <stdio.h>\n")
            Issue.record("found")
        } catch let error as CompilationError {
            #expect("\(error)" == "test.bpf.c:1:10: fatal error: 'stdio.h' file not found")
        }
    }

    @Test func `a user's header wins over ours`() async throws {
        try await withTemporaryDirectory { directory in
            _ = try directory.file("string.h", "#define OURS 0\n")
            let source = "#include <string.h>\n_Static_assert(OURS == 0, \"ours\");\n"
            _ = try await Clang.compile(source) { $0.includeDirectories = [directory.path] }
        }
    }

    @Test func `macros, processors and products reach the compiler`() async throws {
        let source = "#include <bpf/bpf_helpers.h>\nSEC(\"xdp\") int f(void *c) { return VALUE; }\n"
        for processor in CCompilerOptions.Processor.allCases {
            _ = try await Clang.compile(source) {
                $0.processor = processor
                $0.definitions = ["VALUE=2"]
            }
        }
        let assembly = try await Clang.compile(source) {
            $0.definitions = ["VALUE=2"]
            $0.product = .assembly
        }
        #expect(String(decoding: assembly.bytes, as: UTF8.self).contains("w0 = 2"))
        let representation = try await Clang.compile(source) {
            $0.definitions = ["VALUE=2"]
            $0.product = .intermediateRepresentation
        }
        #expect(String(decoding: representation.bytes, as: UTF8.self).contains("ret i32 2"))
    }

    @Test func `an error names the user's line`() async throws {
        do {
            _ = try await Clang.compile("int f(void)\n{\n    return x;\n}\n")
            Issue.record("compiled")
        } catch let error as CompilationError {
            #expect("\(error)" == "test.bpf.c:3:12: error: use of undeclared identifier 'x'")
            guard case .rejected(let diagnostics, let output) = error else { return }
            #expect(diagnostics.count == 1)
            #expect(output.contains("return x;"))
        }
    }

    @Test func `an output file is replaced only by success`() async throws {
        try await withTemporaryDirectory { directory in
            let output = try directory.file("out.o", "before")
            let compiler = try CCompiler()
            await #expect(throws: CompilationError.self) {
                try await compiler.compile(.text("nonsense", name: "a.c"), to: output)
            }
            let program = try await compiler.compile(.text("int x;", name: "a.c"), to: output)
            #expect(program.bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]))
            #expect(program.diagnostics.isEmpty)
        }
    }

    @Test func `unlikely code stays in its function`() async throws {
        let text = """
            __attribute__((noinline, cold)) void rare(int *p) { *p = 4; }
            int f(int *p)
            {
                if (__builtin_expect(*p == 3, 0)) { rare(p); *p += 7; p[1] /= 3u; }
                return p[0];
            }
            """
        let program = try await Clang.compile(text) { $0.product = .assembly }
        #expect(!String(decoding: program.bytes, as: UTF8.self).contains("f.cold"))
    }
}
