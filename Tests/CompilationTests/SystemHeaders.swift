import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The headers of this machine, where they are installed: what ours are compared with.
enum SystemHeaders {
    /// `/usr/include` and the directory of its `asm`, which distributions keep apart.
    static var directories: [String] {
        ["/usr/include", "/usr/include/x86_64-linux-gnu", "/usr/include/aarch64-linux-gnu"]
            .filter { exists($0) }
    }

    /// The C library's headers look for the machine that they are for.
    static let definitions = ["__x86_64__"]

    /// Whether the kernel's headers are here.
    static var haveLinux: Bool { exists("/usr/include/linux/bpf.h") }

    /// Whether libbpf's headers are here too.
    static var haveLibbpf: Bool { haveLinux && exists("/usr/include/bpf/bpf_core_read.h") }

    /// Whether the kernel's header mentions a name.
    static func defines(_ name: String) -> Bool { names.contains(name[...]) }

    private static let names: Set<Substring> = {
        let texts = ["bpf", "bpf_common", "pkt_cls"].map { read("/usr/include/linux/\($0).h") }
        let words = texts.joined().split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return Set(words).union(words.map { "BPF_FUNC_\($0)" })
    }()

    /// The text of a file; none if it cannot be read.
    static func read(_ path: String) -> String {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return "" }
        var bytes: [UInt8] = []
        try? file.closeAfter {
            while true {
                let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) {
                    $1 = try unsafe file.read(into: UnsafeMutableRawBufferPointer($0))
                }
                if chunk.isEmpty { break }
                bytes += chunk
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }
}
