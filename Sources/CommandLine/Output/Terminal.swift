#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a command writes: results to standard output, everything else to standard error.
enum Terminal {
    /// Whether results are read by a person.
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether messages are read by a person.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line for people, not for scripts.
    static func complain(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

    /// Writes over the current line, for progress.
    static func overwrite(_ line: String) { write("\r\u{1b}[K" + line, to: STDERR_FILENO) }

    /// Writes a result.
    static func say(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

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
