/// The places where a clang may be, best first.
///
/// The toolchain that builds this package carries a clang with the BPF back end, so the clang
/// beside `swiftc` is preferred to the system's: one download is all that a user needs.
struct ClangSearch: Sendable {
    /// What was looked at, for the error when nothing is there.
    var searched: [String] = []
    /// The compilers that exist, best first, without repetition.
    var candidates: [String] = []

    /// Looks at all places; a compiler chosen by the user is the only candidate.
    init(chosen: String?, environment: CompilerEnvironment) {
        if let chosen = chosen ?? environment.chosenClang {
            addChosen(chosen, searchPath: environment.searchPath)
            return
        }
        for tool in ["swift", "swiftc"] {
            for directory in environment.searchPath {
                addSibling(of: "\(directory)/\(tool)")
            }
        }
        for directory in environment.toolchains { add("\(directory)/clang") }
        for directory in environment.searchPath { add("\(directory)/clang", quietly: true) }
        searched.append("clang on PATH")
        addVersionedNames(environment.searchPath)
    }

    /// A chosen name without a slash is looked up on the search path, as a shell would.
    private mutating func addChosen(_ chosen: String, searchPath: [String]) {
        if chosen.contains("/") {
            add(chosen)
        } else {
            searched.append("\(chosen) on PATH")
            for directory in searchPath { add("\(directory)/\(chosen)", quietly: true) }
        }
    }

    /// `swift` on PATH may be a link into the toolchain.
    private mutating func addSibling(of tool: String) {
        guard let resolved = FileSystem.resolvingLinks(tool) else { return }
        add(FileSystem.directory(of: resolved) + "/clang")
    }

    /// Debian and others install only `clang-19`, newest first here.
    private mutating func addVersionedNames(_ searchPath: [String]) {
        for version in stride(from: 30, through: 12, by: -1) {
            for directory in searchPath { add("\(directory)/clang-\(version)", quietly: true) }
        }
        searched.append("clang-12 … clang-30 on PATH")
    }

    private mutating func add(_ path: String, quietly: Bool = false) {
        if !quietly, !searched.contains(path) { searched.append(path) }
        guard FileSystem.isExecutableFile(path), !candidates.contains(path) else { return }
        candidates.append(path)
    }
}
