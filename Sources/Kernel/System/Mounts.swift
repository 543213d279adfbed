import EBPFBytecode

/// A file system and where it is mounted, from `/proc/mounts`.
struct Mount: Hashable {
    /// The type: `bpf`, `tracefs`, `cgroup2`.
    let type: String
    /// The directory.
    let path: String

    /// The file systems that this process sees; none where `/proc` is not mounted.
    static func all(_ system: SystemCalls) -> [Mount] {
        guard let text = try? system.text(of: "/proc/mounts") else { return [] }
        return text.split(separator: "\n").compactMap { line -> Mount? in
            let words = line.split(separator: " ")
            guard words.count > 2 else { return nil }
            // Blanks in paths are written as \040.
            return Mount(
                type: String(words[2]), path: String(words[1]).replacing("\\040", with: " "))
        }
    }
}
