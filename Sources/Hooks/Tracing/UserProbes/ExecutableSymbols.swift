import EBPFBytecode
public import EBPFKernel

/// A function of a program or library.
public struct ExecutableSymbol: Hashable, Sendable {
    /// Its name, without version.
    public let name: String
    /// The version it is exported with: `GLIBC_2.34`.
    public let version: String?
    /// Whether a name without version means this one.
    public let isDefault: Bool
    /// Where its first instruction is in the file.
    public let fileOffset: UInt64
    /// How many bytes it has; 0 if unknown.
    public let size: UInt64
}

extension ExecutableFile {
    /// The functions that are defined in the file, each once.
    ///
    /// - Throws: ``KernelError`` if the file cannot be read.
    public func functions() throws(KernelError) -> [ExecutableSymbol] {
        var found: [ExecutableSymbol] = []
        var seen: Set<ExecutableSymbol> = []
        try forEachFunction { symbol in
            if seen.insert(symbol).inserted { found.append(symbol) }
        }
        return found
    }

    /// The function with a name: `malloc`, or with a version `memcpy@GLIBC_2.14`.
    ///
    /// Without a version the default one is meant (`@@` in other tools). Exported names are looked
    /// through first, then those for debuggers.
    ///
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is none.
    public func function(named wanted: String) throws(KernelError) -> ExecutableSymbol {
        let parts = wanted.split(separator: "@", omittingEmptySubsequences: true)
        let name = parts.first.map(String.init) ?? ""
        let version = parts.count > 1 ? String(parts[1]) : nil
        var best: ExecutableSymbol?
        var names: Set<String> = []
        try forEachFunction { symbol in
            if best == nil { names.insert(symbol.name) }
            guard symbol.name == name, version == nil || symbol.version == version else { return }
            let isBetter = version == nil && symbol.isDefault && best?.isDefault == false
            if best == nil || isBetter { best = symbol }
        }
        if let best { return best }
        throw unknown(wanted, name, among: names)
    }

    /// The functions whose name matches a pattern with `*` and `?`.
    ///
    /// - Throws: ``KernelError``; `ENOENT` if there is none.
    public func functions(matching pattern: String) throws(KernelError) -> [ExecutableSymbol] {
        let pattern = NamePattern(pattern)
        var offsets: Set<UInt64> = []
        var found: [ExecutableSymbol] = []
        try forEachFunction { symbol in
            guard pattern.matches(symbol.name), offsets.insert(symbol.fileOffset).inserted
            else { return }
            found.append(symbol)
        }
        guard !found.isEmpty else {
            throw KernelError(
                "looking for \(pattern.text) in \(path)", .noEntry,
                reason: "no function has a name like that")
        }
        return found.sorted { $0.fileOffset < $1.fileOffset }
    }

    private func unknown(
        _ wanted: String, _ name: String, among names: Set<String>
    ) -> KernelError {
        var error = KernelError("looking for \(wanted) in \(path)", .noEntry)
        guard !names.isEmpty else {
            error.reason = "the file was stripped of its symbols"
            error.remedy = "give the offset of the instruction instead: +0x1234"
            return error
        }
        error.reason =
            names.contains(name) ? "\(name) has no such version" : "it has no function of this name"
        let closest = Spelling.closest(to: name, among: names.sorted())
        error.remedy = closest.flatMap { $0 == name ? nil : "did you mean \($0)?" }
        return error
    }

    // MARK: The tables

    private func forEachFunction(_ body: (ExecutableSymbol) -> Void) throws(KernelError) {
        let (symbols, exported): (UInt32, UInt32) = (2, 11)
        for kind in [exported, symbols] {
            for table in sections where table.kind == kind {
                try forEachFunction(of: table, isExported: kind == exported, body)
            }
        }
    }

    private func forEachFunction(
        of table: Section, isExported: Bool, _ body: (ExecutableSymbol) -> Void
    ) throws(KernelError) {
        guard sections.indices.contains(Int(table.link)) else { return }
        let symbols = ByteFields(try contents(of: table))
        let names = ByteFields(try contents(of: sections[Int(table.link)]))
        let versions = isExported ? try SymbolVersions(self) : nil
        for index in 0..<symbols.bytes.count / 24 {
            let start = index * 24
            guard let info = symbols.number(at: start + 4, UInt8.self),
                let section = symbols.number(at: start + 6, UInt16.self), section != 0,
                let nameOffset = symbols.number(at: start, UInt32.self),
                let address = symbols.number(at: start + 8, UInt64.self)
            else { continue }
            let (function, indirect): (UInt8, UInt8) = (2, 10)
            guard info & 0xf == function || info & 0xf == indirect,
                let offset = fileOffset(ofAddress: address)
            else { continue }
            let version = versions?.version(ofSymbol: index)
            let isHidden = versions?.isHidden(symbol: index) ?? false
            var name = names.string(at: Int(nameOffset))
            // Names for debuggers may carry the version.
            var suffix: String?
            if !isExported, let at = name.firstIndex(of: "@") {
                suffix = String(name[at...].drop { $0 == "@" })
                name = String(name[..<at])
            }
            guard !name.isEmpty else { continue }
            body(
                ExecutableSymbol(
                    name: name, version: version ?? suffix, isDefault: !isHidden,
                    fileOffset: offset,
                    size: symbols.number(at: start + 16) ?? 0))
        }
    }
}

/// The versions of exported symbols (`.gnu.version`, `.gnu.version_d`).
private struct SymbolVersions {
    private let numbers: ByteFields
    private var names: [UInt16: String] = [:]

    init?(_ file: ExecutableFile) throws(KernelError) {
        let (perSymbol, definitions): (UInt32, UInt32) = (0x6fff_ffff, 0x6fff_fffd)
        guard let table = file.sections.first(where: { $0.kind == perSymbol }) else { return nil }
        numbers = ByteFields(try file.contents(of: table))
        guard let section = file.sections.first(where: { $0.kind == definitions }),
            file.sections.indices.contains(Int(section.link))
        else { return }
        let bytes = ByteFields(try file.contents(of: section))
        let strings = ByteFields(try file.contents(of: file.sections[Int(section.link)]))
        var place = 0
        // Each record says how far the next one is; as many as there could be at most.
        for _ in 0..<bytes.bytes.count / 20 {
            guard let index = bytes.number(at: place + 4, UInt16.self),
                let auxiliary = bytes.number(at: place + 12, UInt32.self),
                let next = bytes.number(at: place + 16, UInt32.self)
            else { return }
            if let name = bytes.number(at: place + Int(auxiliary), UInt32.self) {
                names[index & 0x7fff] = strings.string(at: Int(name))
            }
            guard next > 0 else { return }
            place += Int(next)
        }
    }

    /// Whether only who asks for this version gets the symbol.
    func isHidden(symbol index: Int) -> Bool {
        numbers.number(at: index * 2, UInt16.self).map { $0 & 0x8000 != 0 } ?? false
    }

    /// The version of a symbol; 0 and 1 stand for none.
    func version(ofSymbol index: Int) -> String? {
        guard let number = numbers.number(at: index * 2, UInt16.self) else { return nil }
        let isNone = number & 0x7fff < 2
        return isNone ? nil : names[number & 0x7fff]
    }
}

/// A pattern for names: `*` stands for any characters, `?` for one.
public struct NamePattern: Sendable {
    /// The pattern as written.
    public let text: String
    private let bytes: [UInt8]

    /// A pattern.
    public init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    /// Whether the pattern has no place that stands for others.
    public var isName: Bool {
        !bytes.contains(UInt8(ascii: "*")) && !bytes.contains(UInt8(ascii: "?"))
    }

    /// Whether a name matches, in time proportional to the product of the lengths at worst.
    public func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var (position, place) = (0, 0)
        var star: (position: Int, place: Int)?
        while place < name.count {
            if position < bytes.count, bytes[position] == UInt8(ascii: "*") {
                star = (position, place)
                position += 1
            } else if position < bytes.count,
                bytes[position] == UInt8(ascii: "?") || bytes[position] == name[place]
            {
                (position, place) = (position + 1, place + 1)
            } else if let last = star {
                // The last star takes one more.
                star = (last.position, last.place + 1)
                (position, place) = (last.position + 1, last.place + 1)
            } else {
                return false
            }
        }
        return bytes[position...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
