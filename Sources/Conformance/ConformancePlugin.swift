#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The plug-in protocol of the public BPF conformance suite.
///
/// ```
/// echo "b7 00 00 00 2a 00 00 00 95 00 00 00 00 00 00 00" | ebpf-conformance "aa bb cc"
/// ```
///
/// The argument is the memory in r1 and r2, standard input the bytecode; r0 is printed in hex.
@main
enum ConformancePlugin {
    static func main() {
        do {
            let request = try Request(
                Array(CommandLine.arguments.dropFirst()), input: readLine() ?? "")
            print(String(try request.run(), radix: 16))
        } catch {
            let message = Array("ebpf-conformance: \(error)\n".utf8)
            _ = unsafe write(STDERR_FILENO, message, message.count)
            exit(1)
        }
    }
}
