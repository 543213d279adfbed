public import EBPFTypeFormat

/// A check of Swift's in a kernel program: what is wrong where it fails, and where it stands.
///
/// A program that is compiled from Swift counts its failed checks in variables of the section
/// `.data.traps`. Each has the name of the check's line (`line_26_index_out_of_bounds`), and a note
/// in the type information (`BTF_KIND_DECL_TAG`, Linux 5.16) that names the file, too. So the
/// counts can be read from a running kernel without the object, by any tool that knows BTF.
public struct FailedCheck: Hashable, Sendable {
    /// What is wrong where it fails, as the end of a sentence: `index out of bounds`.
    public let reason: String
    /// The path of the source as its compiler was given it; empty if it is not known.
    public let file: String
    /// The line in it, from 1; 0 if it is not known.
    public let line: Int

    /// A check at a place.
    public init(reason: String, file: String, line: Int) {
        (self.reason, self.file, self.line) = (reason, file, line)
    }

    /// The section, and so the map, whose variables count.
    public static let section = ".data.traps"

    /// A check and how often it failed.
    public struct Count: Hashable, Sendable {
        /// The check.
        public let check: FailedCheck
        /// How often it failed since the program was loaded.
        public let count: UInt64
    }
}

// MARK: Names

extension FailedCheck {
    /// The note on its variable: `/home/me/Firewall.swift:26: index out of bounds`.
    package var note: String { "\(file):\(line): \(reason)" }

    /// The name of its variable: `line_26_index_out_of_bounds`.
    package var variableName: String {
        let words = reason.unicodeScalars.map { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                ? Character(scalar) : "_"
        }
        return "line_\(line)_\(String(words))"
    }

    /// A check by the note on its variable.
    init?(note: String) {
        // Neither reasons nor lines hold a colon; paths may.
        guard let colon = note.lastIndex(of: ":"), note[colon...].hasPrefix(": "),
            let second = note[..<colon].lastIndex(of: ":"),
            let line = Int(note[note.index(after: second)..<colon])
        else { return nil }
        self.init(
            reason: String(note[colon...].dropFirst(2)), file: String(note[..<second]), line: line)
    }

    /// A check by the name of its variable, which a kernel without notes has only.
    init(variableName: String) {
        let words = variableName.split(separator: "_").map(String.init)
        guard words.count > 2, words[0] == "line", let line = Int(words[1]) else {
            self.init(reason: variableName, file: "", line: 0)
            return
        }
        self.init(reason: words.dropFirst(2).joined(separator: " "), file: "", line: line)
    }
}

extension FailedCheck: CustomStringConvertible {
    /// The check with the last part of its path: `index out of bounds, Firewall.swift:26`.
    public var description: String {
        let name = file.split(separator: "/").last.map { "\($0):" } ?? "line "
        return line == 0 ? reason : "\(reason), \(name)\(line)"
    }
}

extension FailedCheck.Count: CustomStringConvertible {
    /// The line that is shown: `69 × index out of bounds, Firewall.swift:26`.
    public var description: String { "\(count) × \(check)" }
}

// MARK: Counts

extension FailedCheck {
    /// The checks of a program and their counts, in the order of the source.
    ///
    /// - Parameters:
    ///   - bytes: the value of the map `.data.traps`.
    ///   - types: the types that the map was made with.
    /// - Throws: ``BTFError`` if the types are damaged.
    public static func counts(_ bytes: [UInt8], _ types: BTF) throws(BTFError) -> [Count] {
        var notes: [TypeID: String] = [:]
        var variables: [DataSectionType.Variable] = []
        for id in types.typeIDs {
            switch try types.type(id) {
            case .declarationTag(let tag): notes[tag.target] = tag.name
            case .dataSection(let section) where section.name == Self.section:
                variables = section.variables
            default: break
            }
        }
        var counts: [Count] = []
        for variable in variables {
            guard variable.offset >= 0, variable.offset <= bytes.count - 8 else { continue }
            let name = try types.name(of: variable.type)
            let check = notes[variable.type].flatMap { FailedCheck(note: $0) }
            let count = bytes[variable.offset..<variable.offset + 8].reversed()
                .reduce(0) { $0 << 8 | UInt64($1) }
            counts.append(Count(check: check ?? FailedCheck(variableName: name), count: count))
        }
        return counts.sorted {
            ($0.check.file, $0.check.line, $0.check.reason)
                < ($1.check.file, $1.check.line, $1.check.reason)
        }
    }
}
