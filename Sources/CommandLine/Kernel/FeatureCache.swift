import EBPFKernel
import Foundation

/// What is known about the running kernel, kept in a file until it is started again.
///
/// The file belongs to the user, in `$XDG_CACHE_HOME/swift-ebpf` or `~/.cache/swift-ebpf`; its name
/// has the identity of this run of the kernel. Only answers that are sure are kept. Whatever is
/// wrong with the file, it is as if there were none.
struct FeatureCache {
    /// Where the user's files are; tests have none.
    @TaskLocal static var environment = ProcessInfo.processInfo.environment

    private let path: String

    /// The file for a kernel; `nil` where the kernel hides its identity or the user has no home.
    init?(_ features: KernelFeatures, environment: [String: String] = Self.environment) {
        guard let boot = features.bootID, !boot.isEmpty,
            boot.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
        else { return nil }
        let own = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        guard let directory = own ?? environment["HOME"].map({ $0 + "/.cache" }),
            directory.hasPrefix("/")
        else { return nil }
        path = "\(directory)/swift-ebpf/features-\(boot)"
    }

    /// Tells what was known before.
    func read(into features: KernelFeatures) {
        guard let bytes = try? SystemCalls.linux.contents(of: path, limit: 1 << 20) else { return }
        var known: [String: Bool] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: "\t")
            guard words.count == 2, words[0] == "yes" || words[0] == "no" else { continue }
            known[String(words[1])] = words[0] == "yes"
        }
        features.assume(known)
    }

    /// Keeps what is known now: a new file in the place of the old one, and of those of earlier runs.
    func write(_ features: KernelFeatures) {
        let lines = features.knownAnswers.sorted { $0.key < $1.key }.map {
            "\($0.value ? "yes" : "no")\t\($0.key)\n"
        }
        let directory = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        let files = FileManager.default
        try? files.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let isWritten =
            (try? Data(lines.joined().utf8).write(
                to: URL(filePath: path), options: .atomic)) != nil
        guard isWritten else { return }
        for name in (try? files.contentsOfDirectory(atPath: directory)) ?? []
        where name.hasPrefix("features-") && !path.hasSuffix("/" + name) {
            try? files.removeItem(atPath: "\(directory)/\(name)")
        }
    }
}
