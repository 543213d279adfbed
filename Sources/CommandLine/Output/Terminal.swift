#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where a command writes: results to standard output, everything else to standard error.
enum Terminal {
    /// Takes the texts; the process's own unless a test puts another in its place.
    struct Sink: Sendable {
        /// Takes results.
        var output: @Sendable (String) -> Void
        /// Takes messages.
        var errors: @Sendable (String) -> Void
        /// Whether messages are read by a person.
        var showsProgress: Bool
        /// Whether results are read by a person, so that newer ones may take the place of older.
        var redraws = false
    }

    /// The sink of the task that runs the command.
    @TaskLocal static var sink = Sink(
        output: { write($0, to: STDOUT_FILENO) }, errors: { write($0, to: STDERR_FILENO) },
        showsProgress: isatty(STDERR_FILENO) == 1, redraws: isatty(STDOUT_FILENO) == 1)

    /// Whether messages are read by a person.
    static var showsProgress: Bool { sink.showsProgress }

    /// Whether results are read by a person.
    static var redraws: Bool { sink.redraws }

    /// Writes a line for people, not for scripts.
    static func complain(_ line: String) { sink.errors(line + "\n") }

    /// Writes over the current line, for progress.
    static func overwrite(_ line: String) { sink.errors("\r\u{1b}[K" + line) }

    /// Writes a result.
    static func say(_ text: String) { sink.output(text + "\n") }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe systemWrite(descriptor, bytes.baseAddress, bytes.count)
            }
            if count < 0 {
                guard errno == EINTR else { return }
                continue
            }
            rest = rest.dropFirst(count)
        }
    }
}

/// `write(2)`, under a name that methods called `write` do not hide.
private func systemWrite(
    _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int
) -> Int { unsafe write(descriptor, bytes, count) }

/// Ends the process; what was printed is already out.
func endProcess(_ code: Int32) -> Never { exit(code) }
