import EBPFCompilation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Compiles a kernel program and writes its façade, for the plug-in `CompileEBPF`:
/// `EBPFCompile OUTPUT.swift FACADE MODULE SDK SOURCE.swift…`; SDK is the directory of the sources
/// of `EBPFProgram`.
@main
struct CompileTool {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 5 else {
            end("usage: EBPFCompile OUTPUT.swift FACADE MODULE SDK SOURCE.swift…")
        }
        do {
            let module = try KernelModuleSources(directory: arguments[3])
            let program = try await SwiftCompiler(module: module)
                .compile(Array(arguments[4...]))
            if !program.output.isEmpty { complain(program.output) }
            let facade = Facade(name: arguments[1], module: arguments[2])
            let diagnostics = facade.diagnostics(for: program, sources: Array(arguments[4...]))
            guard diagnostics.isEmpty
            else { end(diagnostics.map { "\($0)" }.joined(separator: "\n")) }
            try facade.write(program, to: arguments[0])
        } catch let error as CompilationError {
            guard case .rejected(_, let output) = error else { end("error: \(error)") }
            end(output)
        } catch {
            end("error: \(error)")
        }
    }

    private static func complain(_ text: String) {
        let bytes = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
        _ = unsafe write(2, bytes, bytes.count)
    }

    private static func end(_ message: String) -> Never {
        complain(message)
        exit(1)
    }
}
