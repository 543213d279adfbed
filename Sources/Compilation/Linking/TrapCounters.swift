import EBPFObjectFile

extension FailedCheck {
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
        self.init(
            reason: Self.reason(number, metadata), file: place?.file ?? "", line: place?.line ?? 0)
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

/// The checks of a program that count how often they fail, each in a word of its section.
struct TrapCounters {
    private(set) var checks: [FailedCheck] = []
    private var offsets: [FailedCheck: Int] = [:]

    /// Where a check counts: a byte offset in the section.
    mutating func offset(of check: FailedCheck) -> Int {
        if let known = offsets[check] { return known }
        let offset = 8 * checks.count
        checks.append(check)
        offsets[check] = offset
        return offset
    }
}
