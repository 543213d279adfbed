import EBPFBytecode
import OrderedCollections

extension KernelObject {
    /// Pins maps and programs in a directory of a BPF file system, each under its name: they
    /// outlive this process then.
    ///
    /// Dots in names become underscores. The directory is made if there is none. Maps that are
    /// pinned by name already are left alone.
    ///
    /// - Parameters:
    ///   - directory: an absolute path.
    ///   - parts: maps, programs or both.
    /// - Throws: ``KernelError``; nothing of it stays pinned then.
    public func pin(in directory: String, _ parts: PinParts = .all) throws(KernelError) {
        guard let system = maps.values.first?.system ?? programs.values.first?.system
        else { return }
        var journal = PinJournal(system: system)
        do throws(KernelError) {
            if parts.contains(.maps) {
                for (name, map) in maps where sharedPins[name] == nil {
                    let path = Self.path(of: name, in: directory)
                    try journal.pin(map.descriptor, at: path, "pinning map \(name)")
                }
            }
            guard parts.contains(.programs) else { return }
            for (name, program) in programs {
                let path = Self.path(of: name, in: directory)
                try journal.pin(program.descriptor, at: path, "pinning program \(name)")
            }
        } catch {
            journal.undo()
            throw error
        }
    }

    /// Takes away the pins of ``pin(in:_:)``; what is not pinned is passed over.
    ///
    /// - Throws: ``KernelError``, of the first that cannot be removed; the others are.
    public func unpin(from directory: String, _ parts: PinParts = .all) throws(KernelError) {
        var paths: [(String, SystemCalls)] = []
        if parts.contains(.maps) {
            paths += maps.filter { sharedPins[$0.key] == nil }.map {
                (Self.path(of: $0.key, in: directory), $0.value.system)
            }
        }
        if parts.contains(.programs) {
            paths += programs.map { (Self.path(of: $0.key, in: directory), $0.value.system) }
        }
        try Self.remove(paths)
    }

    /// Takes away the pins of maps that are shared by name (`LIBBPF_PIN_BY_NAME`), those that were
    /// found and those that were made.
    ///
    /// - Throws: ``KernelError``, of the first that cannot be removed; the others are.
    public func unpinShared() throws(KernelError) {
        try Self.remove(
            sharedPins.values.compactMap { path in maps.values.first.map { (path, $0.system) } })
    }

    private static func remove(_ paths: [(String, SystemCalls)]) throws(KernelError) {
        var failure: KernelError?
        for (path, system) in paths {
            do throws(KernelErrno) {
                try system.unpin(path)
            } catch {
                guard error != .noEntry, failure == nil else { continue }
                failure = KernelError("removing the pin \(path)", error)
            }
        }
        if let failure { throw failure }
    }

    /// Where something is pinned: names in a BPF file system have no dots.
    public static func path(of name: String, in directory: String) -> String {
        let file = String(name.map { $0 == "." || $0 == "/" ? "_" : $0 })
        return directory.hasSuffix("/") ? directory + file : directory + "/" + file
    }
}

/// What of an object is pinned.
public struct PinParts: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Parts from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The maps.
    public static let maps = PinParts(rawValue: 1)
    /// The programs.
    public static let programs = PinParts(rawValue: 2)
    /// Everything.
    public static let all: PinParts = [.maps, .programs]
}
