import Synchronization
import SystemPackage

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

    /// What went wrong with standard output, first of all: an error number, or 0.
    private static let failure = Atomic<Int32>(0)

    /// Why results did not reach standard output, for example because a disk is full; `nil` if they
    /// did.
    static var outputFailure: Errno? {
        let number = failure.load(ordering: .relaxed)
        return number == 0 ? nil : Errno(rawValue: number)
    }

    /// Takes note that results do not reach standard output.
    private static func note(_ number: Int32, _ descriptor: Int32) {
        guard descriptor == STDOUT_FILENO else { return }
        let (isFirst, _) = failure.compareExchange(
            expected: 0, desired: number, ordering: .relaxed)
        // Nobody reads any more: what is attached is taken off first.
        if isFirst, number == EPIPE { Interruption.outputClosed() }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var start = unsafe bytes.baseAddress.map { unsafe UnsafeRawPointer($0) }
            var left = bytes.count
            while left > 0 {
                let count = unsafe systemWrite(descriptor, start, left)
                if count < 0 {
                    guard errno != EINTR else { continue }
                    return note(errno, descriptor)
                }
                left -= count
                unsafe start = start.map { unsafe $0 + count }
            }
        }
    }

    /// Puts something in the place of standard streams that are closed, so that no file opened later
    /// takes their number and gets what is meant for people; writing to it fails as before.
    static func occupyStandardStreams() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
        where fcntl(descriptor, F_GETFD) < 0 {
            _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}

/// `write(2)`, under a name that methods called `write` do not hide.
private func systemWrite(
    _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int
) -> Int { unsafe write(descriptor, bytes, count) }

/// Ends the process; what was printed is already out.
func endProcess(_ code: Int32) -> Never { exit(code) }
