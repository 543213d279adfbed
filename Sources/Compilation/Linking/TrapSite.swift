import EBPFObjectFile

/// A check of Swift's that may fail: what it is about, and where it is in the user's source.
struct TrapSite: Hashable {
    /// What is wrong where the check fails: `index out of bounds`.
    let reason: String
    /// The path as the compiler was given it; empty if the place is not known.
    let file: String
    let line: Int
    let column: Int
}

extension TrapSite {
    /// What the debug information calls the functions in which checks fail.
    private static let marker = "Swift runtime failure: "

    /// The check that a function of ``NumberedTraps`` stands for; `nil` if it is another function.
    ///
    /// - Parameter fallback: the line of the call, where the check is in no source of the user's.
    init?(
        symbol: String, _ metadata: IRMetadata, _ places: inout IRPlaces, fallback: LineInfo?
    ) {
        guard symbol.hasPrefix(NumberedTraps.prefix),
            let number = Int(symbol.dropFirst(NumberedTraps.prefix.count))
        else { return nil }
        let place = places.lineInfo(number) ?? fallback
        reason = Self.reason(number, metadata)
        file = place?.file ?? ""
        line = place?.line ?? 0
        column = place?.column ?? 0
    }

    /// What the compiler says is wrong, as the end of a sentence.
    private static func reason(_ location: Int, _ metadata: IRMetadata) -> String {
        var current: Int? = location
        while let number = current, let node = metadata[number] {
            if let scope = node.reference("scope"), let name = metadata[scope]?.string("name"),
                name.hasPrefix(marker)
            {
                let text = name.dropFirst(marker.count)
                return text.prefix(1).lowercased() + text.dropFirst()
            }
            current = node.reference("inlinedAt")
        }
        return "a check failed"
    }
}

extension TrapSite {
    /// The name of the variable that counts how often the check failed: `line_26_index_out_of_bounds`.
    var variableName: String {
        Identifier.text("line_\(line)_\(reason)")
    }

    /// The check as a compiler's message: `/home/me/Firewall.swift:26:9: index out of bounds`.
    var description: String { "\(file):\(line):\(column): \(reason)" }
}

/// The checks of a program that count how often they fail, each in a word of section
/// `.data.traps`.
struct TrapCounters {
    /// The section, and so the map, of the counters.
    static let section = ".data.traps"

    private(set) var sites: [TrapSite] = []
    private var offsets: [TrapSite: Int] = [:]

    /// Where a check counts: a byte offset in the section.
    mutating func offset(of site: TrapSite) -> Int {
        if let known = offsets[site] { return known }
        let offset = 8 * sites.count
        sites.append(site)
        offsets[site] = offset
        return offset
    }
}
