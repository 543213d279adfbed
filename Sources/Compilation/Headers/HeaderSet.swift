/// The headers that make programs written for libbpf compile without any package of the system.
///
/// The texts are this project's own, written from documented behaviour. They carry the Apache-2.0
/// licence and may be used in programs under any licence, the GPL too.
public struct HeaderSet: Sendable {
    /// The files, in alphabetical order.
    public let files: [HeaderFile]
    /// A name for exactly this content.
    let fingerprint: String

    init(_ files: [HeaderFile]) {
        self.files = files.sorted { $0.name < $1.name }
        var hash = ContentHash()
        for file in self.files {
            hash.combine(file.name)
            hash.combine(file.text)
        }
        fingerprint = hash.hexadecimal
    }

    /// A header by the name in `#include <…>`.
    public subscript(name: String) -> HeaderFile? { files.first { $0.name == name } }

    /// The directory to give to the compiler; written where it is not there yet.
    ///
    /// The cache's directory is named after the content, so that versions do not meet, and moved
    /// into place when complete, so that a reader never sees a part.
    func directory(cache: String?, fallback: String) throws(FileSystemError) -> String {
        guard let cache, let cached = try? cachedDirectory(in: cache) else {
            let directory = fallback + "/headers"
            try write(to: directory)
            return directory
        }
        return cached
    }

    private func cachedDirectory(in cache: String) throws(FileSystemError) -> String {
        let directory = "\(cache)/headers-\(fingerprint)"
        if FileSystem.isDirectory(directory) { return directory }
        let temporary = "\(directory).\(FileSystem.uniqueSuffix()).tmp"
        do {
            try write(to: temporary)
            try FileSystem.rename(temporary, to: directory)
        } catch {
            FileSystem.removeTree(temporary)
            // Another process may have been faster.
            guard FileSystem.isDirectory(directory) else { throw error }
        }
        return directory
    }

    /// Writes all files below a directory.
    func write(to directory: String) throws(FileSystemError) {
        for file in files {
            let path = "\(directory)/\(file.name)"
            try FileSystem.createDirectories(FileSystem.directory(of: path))
            try FileSystem.write([UInt8](file.text.utf8), to: path)
        }
    }
}

/// FNV-1a over 64 bits, twice with different starts: names content, protects nothing.
struct ContentHash {
    private var low: UInt64 = 0xcbf2_9ce4_8422_2325
    private var high: UInt64 = 0x9e37_79b9_7f4a_7c15

    mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
        combine(0)
    }

    private mutating func combine(_ byte: UInt8) {
        low = (low ^ UInt64(byte)) &* 0x100_0000_01b3
        high = (high ^ UInt64(byte) ^ 0xa5) &* 0x100_0000_01b3
    }

    var hexadecimal: String { Self.digits(low) + Self.digits(high) }

    private static func digits(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
