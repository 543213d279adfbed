import EBPFCompilation
import Testing

@Suite struct DriverTests {
    @Test func `clang's messages become values`() {
        let rows: [(String, CompilerDiagnostic?)] = [
            (
                "a.c:3:14: error: use of undeclared identifier 'x'",
                CompilerDiagnostic(
                    severity: .error,
                    location: .init(file: "a.c", line: 3, column: 14),
                    message: "use of undeclared identifier 'x'"
                )
            ),
            (
                "/t/a:b.c:1:2: warning: unused variable 'y' [-Wunused-variable]",
                CompilerDiagnostic(
                    severity: .warning,
                    location: .init(file: "/t/a:b.c", line: 1, column: 2),
                    message: "unused variable 'y'",
                    option: "-Wunused-variable"
                )
            ),
            (
                "x.c:1:10: fatal error: 'none.h' file not found",
                CompilerDiagnostic(
                    severity: .fatalError,
                    location: .init(file: "x.c", line: 1, column: 10),
                    message: "'none.h' file not found"
                )
            ),
            (
                "clang: error: unsupported option '-q'",
                CompilerDiagnostic(
                    severity: .error,
                    location: nil,
                    message: "unsupported option '-q'"
                )
            ),
            ("error: cannot open", .init(severity: .error, location: nil, message: "cannot open")),
            ("    3 |     return error: x;", nil),
            ("1 error generated.", nil),
            ("", nil),
        ]
        for (line, expected) in rows {
            #expect(CompilerDiagnostic(line: line) == expected, "\(line)")
            guard let expected, expected.location != nil else { continue }
            #expect(expected.description == line)
        }
    }

    @Test func `a missing compiler is reported with the places and the remedy`() {
        let environment = CompilerEnvironment(searchPath: ["/nowhere"], toolchains: ["/none/bin"])
        #expect(throws: CompilationError.self) { try CCompiler(environment: environment) }
        do { _ = try CCompiler(environment: environment) } catch {
            #expect(error.description.contains("/none/bin/clang"))
            #expect(error.description.contains("EBPF_CLANG"))
        }
        do { _ = try CCompiler(clang: "/none/clang", environment: environment) } catch {
            #expect(error == .clangNotFound(searched: ["/none/clang"]))
        }
    }

    @Test func `a compiler without BPF is reported after it failed`() async throws {
        try await withTemporaryDirectory { directory in
            let clang = try directory.script(
                "clang",
                """
                #!/bin/sh
                [ "$1" = --print-targets ] && { echo "  x86-64 - x86"; exit 0; }
                echo "error: unable to create target: 'No available targets'" >&2
                exit 1
                """
            )
            let compiler = try CCompiler(clang: clang)
            await #expect(throws: CompilationError.clangWithoutBPF(tried: [clang])) {
                try await compiler.compile(.text("int x;", name: "x.c"))
            }
        }
    }

    @Test func `a compiler that hangs is stopped`() async throws {
        try await withTemporaryDirectory { directory in
            let clang = try directory.script("clang", "#!/bin/sh\nexec sleep 1000\n")
            var compiler = try CCompiler(clang: clang)
            compiler.timeout = .milliseconds(50)
            await #expect(throws: CompilationError.timedOut(limit: .milliseconds(50))) {
                try await compiler.compile(.text("int x;", name: "x.c"))
            }
        }
    }

    @Test func `cancelling the task stops the compiler`() async throws {
        try await withTemporaryDirectory { directory in
            let clang = try directory.script("clang", "#!/bin/sh\nexec sleep 1000\n")
            let compiler = try CCompiler(clang: clang)
            let task = Task { try await compiler.compile(.text("int x;", name: "x.c")) }
            task.cancel()
            await #expect(throws: CompilationError.cancelled) { try await task.value }
        }
    }

    @Test func `temporary files are removed, headers are kept`() async throws {
        try await withTemporaryDirectory { directory in
            let clang = try directory.script("clang", "#!/bin/sh\ntouch $TMPDIR/crash.sh\nexit 1\n")
            let environment = CompilerEnvironment(
                cacheDirectory: directory.path + "/cache",
                temporaryDirectory: directory.path
            )
            let compiler = try CCompiler(clang: clang, environment: environment)
            await #expect(throws: CompilationError.self) {
                try await compiler.compile(.text("int x;", name: "x.c"))
            }
            #expect(directory.names.sorted() == ["cache", "clang"])
        }
    }

    @Test func `a cache that cannot be written is done without`() async throws {
        try await withTemporaryDirectory { directory in
            let clang = try directory.script(
                "clang",
                "#!/bin/sh\nls $TMPDIR/headers/vmlinux.h || exit 2\nexit 1\n"
            )
            let environment = CompilerEnvironment(
                cacheDirectory: "/dev/null/cache",
                temporaryDirectory: directory.path
            )
            let compiler = try CCompiler(clang: clang, environment: environment)
            do {
                _ = try await compiler.compile(.text("int x;", name: "x.c"))
                Issue.record("compiled")
            } catch {
                #expect("\(error)".contains("exited(1)"))
            }
        }
    }

    @Test func `many compilations at once share one complete set of headers`() async throws {
        try await withTemporaryDirectory { directory in
            let clang = try directory.script(
                "clang",
                """
                #!/bin/sh
                while [ "$1" != -isystem ]; do shift; done
                [ -f "$2/vmlinux.h" ] && [ -f "$2/asm/types.h" ] || exit 2
                exit 1
                """
            )
            let environment = CompilerEnvironment(
                cacheDirectory: directory.path + "/cache",
                temporaryDirectory: directory.path
            )
            let compiler = try CCompiler(clang: clang, environment: environment)
            await withTaskGroup(of: String.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await compiler.compile(.text("int x;", name: "x.c"))
                            return "compiled"
                        } catch { return "\(error)" }
                    }
                }
                for await message in group { #expect(message.contains("exited(1)")) }
            }
            #expect(TemporaryDirectory(path: directory.path + "/cache").names.count == 1)
        }
    }

    @Test func `a crash of the compiler is not the source's fault`() async throws {
        try await withTemporaryDirectory { directory in
            let clang = try directory.script("clang", "#!/bin/sh\nkill -SEGV $$\n")
            let compiler = try CCompiler(clang: clang)
            do {
                _ = try await compiler.compile(.text("int x;", name: "x.c"))
                Issue.record("compiled")
            } catch let error as CompilationError {
                #expect("\(error)".hasPrefix("\(clang) failed"))
            }
        }
    }

    @Test func `several sources do not become one object`() async throws {
        let compiler = try CCompiler(clang: "/bin/true")
        await #expect(throws: CompilationError.linkingUnavailable(sources: ["a.c", "b.c"])) {
            try await compiler.compile([.file("a.c"), .file("b.c")], to: "/tmp/never.o")
        }
    }

    @Test func `a missing source is named`() async throws {
        let compiler = try CCompiler(clang: "/bin/true")
        do {
            _ = try await compiler.compile(.file("/none/x.bpf.c"))
            Issue.record("compiled")
        } catch {
            #expect("\(error)".hasPrefix("/none/x.bpf.c: cannot read the source"))
        }
    }
}
