import Subprocess
#if canImport(System)
import System
#else
import SystemPackage
#endif

/// One run of a compiler, ended by its limit or by cancellation.
struct CompilerProcess: Sendable {
    /// How it ended and what it printed on both streams.
    struct Result: Sendable {
        var succeeded: Bool
        var status: String
        var output: String
    }

    var executable: String
    var arguments: [String]
    /// Where the compiler puts its own temporary files and crash reports.
    var temporaryDirectory: String
    var limit: Duration

    /// More output than this is an error; no source needs as much.
    private static let outputLimit = 16 << 20

    /// Runs to the end; throws when it could not start, took too long or was cancelled.
    func run() async throws(CompilationError) -> Result {
        let first = await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await ending() }
            group.addTask {
                do { try await Task.sleep(for: limit) } catch { return nil }
                return .timedOut
            }
            // The first answer counts; a cancelled clock has none.
            var answer = await group.next() ?? nil
            if answer == nil { answer = await group.next() ?? nil }
            group.cancelAll()
            return answer
        }
        if Task.isCancelled { throw .cancelled }
        switch first {
        case .ended(let result): return result
        case .timedOut: throw .timedOut(limit: limit)
        case .failed(let reason):
            throw .compilerFailed(clang: executable, status: reason, output: "")
        case nil: throw .cancelled
        }
    }

    private enum Ending: Sendable {
        case ended(Result)
        case failed(String)
        case timedOut
    }

    private func ending() async -> Ending {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
        do {
            let result = try await Subprocess.run(
                .path(FilePath(executable)),
                arguments: Arguments(arguments),
                environment: environment,
                platformOptions: options,
                output: .string(limit: Self.outputLimit),
                error: .combinedWithOutput
            )
            return .ended(
                Result(
                    succeeded: result.terminationStatus.isSuccess,
                    status: "\(result.terminationStatus)",
                    output: result.standardOutput
                )
            )
        } catch {
            return .failed("\(error)")
        }
    }

    /// The user's environment without the variables that add headers or options behind our back.
    private var environment: Environment {
        .inherit.updating([
            "CPATH": nil, "C_INCLUDE_PATH": nil, "CCC_OVERRIDE_OPTIONS": nil,
            "TMPDIR": temporaryDirectory, "LC_ALL": "C",
        ])
    }
}
