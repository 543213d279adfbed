import CLinux
import EBPFHooks
import EBPFKernel
import Synchronization

/// The names of functions and globals of this process, from the symbols of its executables.
final class Symbols: Sendable {
    /// Those of this process.
    static let shared = Symbols()

    private struct Image: Sendable {
        let file: ExecutableFile
        /// What is added to addresses of the file.
        let shift: UInt64
        let names: [UInt64: [String]]
    }

    private let images = Mutex<[String: Image]>([:])

    /// What is at an address, in the words of the source: `firewall`, `blockedPorts`.
    func names(at address: UInt) -> [String] {
        guard let image = image(with: address) else { return [] }
        let mangled = image.names[UInt64(address) &- image.shift] ?? []
        return mangled.compactMap { SourceName($0)?.text }
    }

    private func image(with address: UInt) -> Image? {
        images.withLock { images in
            for mapping in Self.mappings() {
                let image = images[mapping.path] ?? Self.read(mapping)
                images[mapping.path] = image
                if let image, image.file.contains(address: UInt64(address) &- image.shift) {
                    return image
                }
            }
            return nil
        }
    }

    private static func read(_ mapping: (path: String, start: UInt64)) -> Image? {
        guard let file = try? ExecutableFile(mapping.path), let names = try? file.names()
        else { return nil }
        return Image(file: file, shift: mapping.start &- file.firstAddress, names: names)
    }

    /// The files in the memory of this process, and where each begins, the program itself first.
    private static func mappings() -> [(path: String, start: UInt64)] {
        guard let text = try? SystemCalls.linux.text(of: "/proc/self/maps") else { return [] }
        var seen: Set<Substring> = []
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count >= 6, fields[2].allSatisfy({ $0 == "0" }), fields[5].hasPrefix("/"),
                let start = fields[0].split(separator: "-").first,
                let number = UInt64(start, radix: 16), seen.insert(fields[5]).inserted
            else { return nil }
            return (fields[5...].joined(separator: " "), number)
        }
    }
}
