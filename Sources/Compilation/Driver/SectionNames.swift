/// Sections that are called like something in them: `char license[] SEC("license")`,
/// `SEC("xdp") int xdp(…)`.
///
/// Clang 21, Swift's among them, takes the section's own symbol for the other and refuses the
/// source. It is compiled in two steps then: between them these sections get a longer name, and
/// the object gets the right one back. The code is the same as that of one step.
struct SectionNames: Sendable {
    private let names: [String]

    /// Nothing else ends so.
    private static let mark = "swift-ebpf"

    /// The sections that the compiler complained about; `nil` if it did not.
    init?(complaints output: String) {
        let start = "error: symbol '"
        let end = "' is already defined"
        var names: [String] = []
        for line in output.split(separator: "\n") {
            guard let from = line.firstRange(of: start)?.upperBound,
                let to = line[from...].firstRange(of: end)?.lowerBound
            else { continue }
            let name = String(line[from..<to])
            if !names.contains(name) { names.append(name) }
        }
        guard !names.isEmpty else { return nil }
        self.names = names
    }

    /// The intermediate representation with the longer names.
    func lengthened(_ text: String) -> String {
        names.reduce(text) { text, name in
            // Quotes within strings are written as numbers, so these are names of sections.
            text.replacing(" section \"\(name)\"", with: " section \"\(name)\\01\(Self.mark)\"")
        }
    }

    /// The object with the right names: what is too much at the end of each becomes zeros.
    func shortened(_ object: [UInt8]) -> [UInt8] {
        var object = object
        for name in names {
            let long = Array(name.utf8) + [1] + Array(Self.mark.utf8) + [0]
            let count = name.utf8.count
            for range in object.ranges(of: long) {
                for index in range.dropFirst(count) { object[index] = 0 }
            }
        }
        return object
    }
}
