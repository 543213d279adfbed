#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes sources as string literals: `EmbedSources OUTPUT.swift SOURCE.swift…`, for the plug-in.
@main
struct EmbedSources {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let output = arguments.first else { return fail("name an output") }
        var text = "import EBPFCompilation\n\nextension KernelModuleSources {\n"
        text += "    /// The sources that this command carries.\n"
        text += "    static let embedded = KernelModuleSources([\n"
        for path in arguments.dropFirst() {
            guard let source = contents(of: path) else { return fail("cannot read \(path)") }
            let name = path.split(separator: "/").last ?? ""
            text += "        File(name: \"\(name)\", text: ####\"\"\"\n"
            text += source.hasSuffix("\n") ? source : source + "\n"
            text += "\"\"\"####),\n"
        }
        text += "    ])\n}\n"
        guard write(text, to: output) else { return fail("cannot write \(output)") }
    }

    private static func contents(of path: String) -> String? {
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { unsafe fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) -> Bool {
        guard let file = unsafe fopen(path, "w") else { return false }
        let bytes = Array(text.utf8)
        let count = unsafe fwrite(bytes, 1, bytes.count, file)
        return unsafe fclose(file) == 0 && count == bytes.count
    }

    /// `write(2)`, which the method of the same name hides.
    private static var systemWrite: (Int32, UnsafeRawPointer?, Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.write
        #elseif canImport(Musl)
        unsafe Musl.write
        #else
        unsafe Darwin.write
        #endif
    }

    private static func fail(_ message: String) {
        let bytes = Array("EmbedSources: \(message)\n".utf8)
        _ = unsafe Self.systemWrite(2, bytes, bytes.count)
        exit(1)
    }
}
