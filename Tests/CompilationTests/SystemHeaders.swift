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

    private static func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }
}
