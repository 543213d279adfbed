import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Compiles a kernel program, verifies it and writes its façade, for the plug-in `CompileEBPF`:
/// `EBPFCompile [--no-verify] OUTPUT.swift FACADE MODULE SDK SOURCE.swift…`; SDK is the directory of
/// the sources of `EBPFProgram`.
@main
struct CompileTool {
    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let verifies = arguments.first != "--no-verify"
        if !verifies { arguments.removeFirst() }
        guard arguments.count >= 5 else {
            end("usage: EBPFCompile [--no-verify] OUTPUT.swift FACADE MODULE SDK SOURCE.swift…")
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
            if verifies { try verify(program) }
            try facade.write(program, to: arguments[0])
        } catch let error as CompilationError {
            guard case .rejected(_, let output) = error else { end("error: \(error)") }
            end(output)
        } catch {
            end("error: \(error)")
        }
    }

    /// Verifies the programs; what cannot be judged here is left alone.
    private static func verify(_ program: CompiledProgram) throws {
        var specs = try ObjectFile(program.bytes, name: "program").specs()
        let types = KernelTypes.areReadable ? try? KernelTypes.shared.vmlinux() : nil
        do throws(LoadFailure) { try KernelHost().configure(&specs) } catch { return }
        let diagnostics = BuildVerification(kernelTypes: types).diagnostics(for: specs)
        guard !diagnostics.isEmpty else { return }
        let text = diagnostics.map { "\($0)" }.joined(separator: "\n")
        if diagnostics.contains(where: { $0.severity >= .error }) { end(text) }
        complain(text)
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
