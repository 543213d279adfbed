#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a compilation takes from the process's environment, as a value that tests can replace.
public struct CompilerEnvironment: Hashable, Sendable {
    /// The compiler that the user asks for (`EBPF_CLANG`, else `CC_BPF`).
    public var chosenClang: String?
    /// The Swift compiler that the user asks for (`SWIFT_EXEC`).
    public var chosenSwift: String?
    /// The directories of `PATH`, in order.
    public var searchPath: [String]
    /// Where toolchains are commonly installed.
    public var toolchains: [String]
    /// Where generated headers are kept between runs; nil keeps them for one run only.
    public var cacheDirectory: String?
    /// Where temporary files go (`TMPDIR`).
    public var temporaryDirectory: String

    /// An environment made by hand.
    public init(
        chosenClang: String? = nil,
        chosenSwift: String? = nil,
        searchPath: [String] = [],
        toolchains: [String] = [],
        cacheDirectory: String? = nil,
        temporaryDirectory: String = "/tmp"
    ) {
        self.chosenClang = chosenClang
        self.chosenSwift = chosenSwift
        self.searchPath = searchPath
        self.toolchains = toolchains
        self.cacheDirectory = cacheDirectory
        self.temporaryDirectory = temporaryDirectory
    }

    /// The environment of this process.
    public static var current: CompilerEnvironment {
        CompilerEnvironment(
            chosenClang: variable("EBPF_CLANG") ?? variable("CC_BPF"),
            chosenSwift: variable("SWIFT_EXEC"),
            searchPath: variable("PATH").map(directories) ?? [],
            toolchains: commonToolchains,
            cacheDirectory: cacheDirectory,
            temporaryDirectory: variable("TMPDIR") ?? "/tmp"
        )
    }

    /// Bin directories where a Swift toolchain or LLVM may be without being on `PATH`.
    public static let commonToolchains = [
        "/opt/swift/usr/bin",
        "/usr/share/swift/usr/bin",
        "/usr/libexec/swift/bin",
        "/Library/Developer/Toolchains/swift-latest.xctoolchain/usr/bin",
        "/opt/homebrew/opt/llvm/bin",
    ]

    private static var cacheDirectory: String? {
        if let cache = variable("XDG_CACHE_HOME"), cache.hasPrefix("/") {
            return cache + "/swift-ebpf"
        }
        guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
        #if canImport(Darwin)
        return home + "/Library/Caches/swift-ebpf"
        #else
        return home + "/.cache/swift-ebpf"
        #endif
    }

    private static func directories(_ path: String) -> [String] {
        path.split(separator: ":").map(String.init)
    }

    /// A variable's value; an empty one counts as unset.
    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
