import Foundation

/// The system's headers, read as data: an older list of the same facts, written by others.
enum SystemHeaders {
    static let kernelInterface = text(of: "/usr/include/linux/bpf.h")
    static let helperDefinitions = text(of: "/usr/include/bpf/bpf_helper_defs.h")

    private static func text(of path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }

    /// A helper as `bpf_helper_defs.h` declares it.
    struct Declaration: Sendable {
        let name: String
        let number: UInt32
        let resultType: String
        let parameters: [String]
    }

    /// Every `static RESULT (*bpf_NAME)(PARAMETERS) = (void *) NUMBER;`.
    static func declarations(in header: String) -> [Declaration] {
        header.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("static "), let end = line.range(of: ") = (void *) "),
                let pointer = line.range(of: "(*bpf_"),
                let name = line[pointer.upperBound...].split(separator: ")").first,
                let open = line.range(of: ")(", range: pointer.upperBound..<end.lowerBound),
                let number = UInt32(line[end.upperBound...].dropLast())
            else { return nil }
            let parameters = line[open.upperBound..<end.lowerBound].split(separator: ",")
                .map { $0.trimmingCharacters(in: .whitespaces) }
            return Declaration(
                name: String(name),
                number: number,
                resultType: line.dropFirst(7)[..<pointer.lowerBound]
                    .trimmingCharacters(in: .whitespaces),
                parameters: parameters == ["void"] ? [] : parameters
            )
        }
    }

    /// The names of an enumeration in the header, in order, without values that alias others.
    static func names(ofEnumeration name: String, prefix: String) -> [String] {
        guard let header = kernelInterface, let start = header.range(of: "enum \(name) {"),
            let end = header.range(of: "\n};", range: start.upperBound..<header.endIndex)
        else { return [] }
        return withoutComments(header[start.upperBound..<end.lowerBound])
            .split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { $0.hasPrefix(prefix) && !$0.contains("=") }
    }

    /// A text without C comments.
    static func withoutComments(_ text: some StringProtocol) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "/*") {
            result += rest[..<start.lowerBound]
            guard let end = rest.range(of: "*/", range: start.upperBound..<rest.endIndex) else {
                return result
            }
            rest = rest[end.upperBound...]
        }
        return result + rest
    }
}
