extension HookTrial.Outcome {
    /// One line: `{"hook": …, "outcome": "works"|"skipped"|"failed", "detail": …}`.
    public var json: String {
        let fields = [("hook", hook), ("outcome", kind.rawValue), ("detail", detail)]
        return "{" + fields.map { "\"\($0)\": \"\(Self.escaped($1))\"" }.joined(separator: ", ")
            + "}"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
