import EBPFBytecode
import Testing

/// `Sources/Program/Calls`, which a script writes, says what the table of helpers says.
struct HelperCallTests {
    @Test func `every helper can be called from Swift with its own parameters`() {
        let calls = Self.calls()
        for helper in Helper.all where !helper.effects.contains(.isVariadic) {
            let call = calls["bpf_\(helper.name)"]
            #expect(call?.number == helper.id.rawValue, "bpf_\(helper.name)")
            #expect(call?.parameters == helper.parameters.count, "bpf_\(helper.name)")
        }
    }

    /// The number and the count of parameters of each function that quotes a helper.
    private static func calls() -> [String: (number: UInt32, parameters: Int)] {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        var calls: [String: (number: UInt32, parameters: Int)] = [:]
        for topic in Self.topics {
            let text = SystemHeaders.read("/\(root)/Sources/Program/Calls/Helpers+\(topic).swift")
            for part in text.split(separator: "    /// `bpf_").dropFirst() {
                let name = part.prefix { $0 != "`" }
                let number = part.dropFirst(name.count).drop { !$0.isNumber }.prefix(
                    while: \.isNumber)
                let head = part.split(separator: " {\n", maxSplits: 1).first ?? ""
                let parameters = head.split(separator: "_ ").filter { $0.contains(": ") }.count
                calls["bpf_\(name)"] = (UInt32(number) ?? 0, parameters)
            }
        }
        return calls
    }

    private static let topics = [
        "ControlGroups", "Flow", "Identities", "Maps", "Memory", "Packets", "Redirections",
        "Security", "Sockets", "Streams", "Text", "Time", "Tracing",
    ]
}
