/// Why a source file did not become an object.
public enum CompilationError: Error, Hashable, Sendable {
    /// No clang was found at any of the places.
    case clangNotFound(searched: [String])
    /// No Swift toolchain with its own clang was found at any of the places.
    case swiftNotFound(searched: [String])
    /// A compiler wrote something that this version does not know; `place` is the user's line that
    /// it belongs to, if that is known (`file:line:column: `).
    case unknownIntermediate(compiler: String, what: String, place: String = "")
    /// These compilers exist, but none of them can generate BPF code.
    case clangWithoutBPF(tried: [String])
    /// The source cannot be read.
    case sourceUnreadable(path: String, reason: String)
    /// The compiler refused the source; the first error says why, `output` is all that it printed.
    case rejected(diagnostics: [CompilerDiagnostic], output: String)
    /// The compiler itself failed.
    case compilerFailed(clang: String, status: String, output: String)
    /// The compiler was stopped because it took too long.
    case timedOut(limit: Duration)
    /// The surrounding task was cancelled; the compiler was stopped.
    case cancelled
    /// A file could not be written.
    case cannotWrite(path: String, reason: String)
    /// Several sources were given with one output file.
    case linkingUnavailable(sources: [String])
}

extension CompilationError: CustomStringConvertible {
    /// One line with the place and what to do; the compiler's own words for a refused source.
    public var description: String {
        switch self {
        case .clangNotFound(let searched): Self.notFound(searched)
        case .swiftNotFound(let searched):
            "no Swift toolchain found; looked for swiftc and clang in \(list(searched)). "
                + "Install one from swift.org, or name one with --toolchain or SWIFT_EXEC"
        case .unknownIntermediate(let compiler, let what, let place):
            "\(place)error: \(compiler) made something of this source that this version of ebpf does "
                + "not know: \(what). It was tried with \(Self.triedToolchains); please report this "
                + "with the source, and with what --keep-intermediates DIRECTORY leaves there"
        case .clangWithoutBPF(let tried): Self.withoutBPF(tried)
        case .sourceUnreadable(let path, let reason): "\(path): cannot read the source: \(reason)"
        case .rejected(let diagnostics, let output): Self.rejection(diagnostics, output)
        case .compilerFailed(let clang, let status, let output):
            "\(clang) failed (\(status))\(output.isEmpty ? "" : ":\n" + output)"
        case .timedOut(let limit):
            "the compiler was stopped after \(limit.components.seconds) s; "
                + "a longer limit can be set (CCompiler.timeout)"
        case .cancelled: "the compilation was cancelled"
        case .cannotWrite(let path, let reason): "\(path): cannot write: \(reason)"
        case .linkingUnavailable(let sources):
            "\(sources.count) sources cannot become one object yet (\(list(sources))): "
                + "linking BPF objects is not available; compile each to an object of its own, "
                + "or include them from one source"
        }
    }

    /// The toolchains whose output is known.
    static let triedToolchains = "Swift 6.3.1"

    private static func notFound(_ searched: [String]) -> String {
        "no clang found; looked for \(list(searched)). "
            + "Install a Swift toolchain from swift.org (its clang generates BPF code) or LLVM's "
            + "clang 12 or later, or name one with EBPF_CLANG"
    }

    private static func withoutBPF(_ tried: [String]) -> String {
        "\(list(tried)) cannot generate BPF code (`--print-targets` lists no bpfel). "
            + "Install a Swift toolchain from swift.org or LLVM's clang 12 or later, "
            + "and name it with EBPF_CLANG"
    }

    private static func rejection(_ diagnostics: [CompilerDiagnostic], _ output: String) -> String {
        let errors = diagnostics.filter { $0.severity >= .error }
        guard let first = errors.first else { return output }
        let others = errors.count - 1
        return others == 0 ? "\(first)" : "\(first) (and \(others) more)"
    }
}

private func list(_ items: [String]) -> String { items.joined(separator: ", ") }
