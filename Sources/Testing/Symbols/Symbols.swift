import EBPFHooks
import EBPFKernel
import Synchronization

/// The names of functions and globals of this process, from the symbols of its executables.
final class Symbols: Sendable {
    /// Those of this process.
    static let shared = Symbols()

    private final class Image: Sendable {
        let file: ExecutableFile
        /// What is added to addresses of the file.
        let shift: UInt64
        private let defined = Mutex<ExecutableNames?>(nil)

        init?(_ mapping: (path: String, start: UInt64)) {
            guard let file = try? ExecutableFile(mapping.path) else { return nil }
            self.file = file
            shift = mapping.start &- file.firstAddress
        }

        func contains(_ address: UInt) -> Bool {
            file.contains(address: UInt64(address) &- shift)
        }

        func names(at address: UInt) -> [String] {
            let names = defined.withLock { defined in
                if defined == nil { defined = try? file.definedNames() }
                return defined
            }
            return names?.names(at: UInt64(address) &- shift) ?? []
        }
    }

    private struct Known {
        var images: [String: Image] = [:]
        var names: [UInt: [String]] = [:]
    }

    private let known = Mutex(Known())

    /// What is at an address, in the words of the source: `firewall`, `blockedPorts`.
    func names(at address: UInt) -> [String] {
        if let names = known.withLock({ $0.names[address] }) { return names }
        let mangled = image(with: address)?.names(at: address) ?? []
        let names = mangled.compactMap { SourceName($0)?.text }
        known.withLock { $0.names[address] = names }
        return names
    }

    private func image(with address: UInt) -> Image? {
        known.withLock { known in
            if let image = known.images.values.first(where: { $0.contains(address) }) {
                return image
            }
            for mapping in Self.mappings() where known.images[mapping.path] == nil {
                let image = Image(mapping)
                known.images[mapping.path] = image
                if let image, image.contains(address) { return image }
            }
            return nil
        }
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
