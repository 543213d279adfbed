import Foundation

/// A JSON file in `Examples/expected`: what an example must find in its capture.
struct Expectation {
    static let examples =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Examples"

    private let content: [String: Any]

    init(_ name: String) throws {
        let data = try Data(contentsOf: URL(filePath: "\(Self.examples)/expected/\(name).json"))
        content = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    private func text(_ member: String) -> String? { content[member] as? String }
    private func lists(_ member: String) -> [String: [Any]] {
        content[member] as? [String: [Any]] ?? [:]
    }

    /// What the command line of `ebpf run` is.
    var arguments: [String] {
        var arguments = [
            "\(Self.examples)/\(text("source") ?? "")",
            "--program", text("program") ?? "",
            "--pcap", "\(Self.examples)/Captures/\(text("capture") ?? "")",
            "--json", "--dump-maps",
        ]
        if let first = text("init") { arguments += ["--initialize", first] }
        return arguments
    }

    var runs: Int? { content["runs"] as? Int }
    var verdicts: [String: Int]? { content["verdicts"] as? [String: Int] }
    /// The capture with the packets that leave by XDP_TX.
    var packets: String? { text("packets").map { "\(Self.examples)/expected/\($0)" } }
    var maps: [String: [Any]] { lists("maps") }
    var events: [String: [Any]] { lists("events") }
    var variables: [String: Any] { content["variables"] as? [String: Any] ?? [:] }
}

/// A JSON value as text that is equal for equal values.
func canonical(_ value: Any) -> String {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
    guard let data = try? JSONSerialization.data(withJSONObject: value, options: options)
    else { return "" }
    return String(decoding: data, as: UTF8.self)
}
