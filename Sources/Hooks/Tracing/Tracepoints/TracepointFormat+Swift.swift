import EBPFTypeFormat

extension TracepointFormat {
    /// The name of the struct in Swift: `SchedProcessExec`.
    public var swiftName: String { SwiftIdentifier.type(name) }

    /// A Swift struct with the fields where the tracepoint has them, for `TracepointContext`
    /// (module `EBPFProgram`).
    ///
    /// Where Swift would put a field elsewhere there is a filler; a field that is not aligned is
    /// bytes, and so is what is neither number, pointer nor text.
    public var swiftDeclaration: String {
        var lines = [
            "/// What the tracepoint `\(group):\(name)` records.", "///",
            "/// Programs: `@section(\"tracepoint/\(group)/\(name)\") @used`, with an argument of",
            "/// `TracepointContext<\(swiftName)>`.",
            "struct \(swiftName): BitwiseCopyable {",
            "    /// What all tracepoints record: type, flags, process.",
            "    var common: UInt64",
        ]
        var end = Self.commonByteCount
        for field in fields where field.byteCount > 0 && field.offset >= end {
            let form = field.form
            let natural = (end + form.alignment - 1) / form.alignment * form.alignment
            if natural < field.offset {
                let filler = "InlineArray<\(field.offset - end), UInt8>"
                lines.append("    private var filler\(end): \(filler)")
            }
            lines += [
                "    /// `\(field.declaration)`\(field.hint)",
                "    var \(SwiftIdentifier.member(field.name, taken: ["common"])): \(form.name)",
            ]
            end = field.offset + field.byteCount
        }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }
}

extension TracepointFormat.Field {
    /// The type in Swift.
    public var swiftType: String { form.name }

    /// The type in Swift, and its alignment there.
    fileprivate var form: (name: String, alignment: Int) {
        let form = natural
        return offset % form.alignment == 0 ? form : bytes
    }

    private var natural: (name: String, alignment: Int) {
        if type.hasPrefix("__data_loc "), byteCount == 4 { return ("DataLocation", 4) }
        if let count {
            if type == "char" { return ("FixedString<\(byteCount)>", 1) }
            guard count > 0, byteCount % count == 0,
                let element = integer(byteCount / count), !type.hasSuffix("*")
            else { return bytes }
            return ("InlineArray<\(count), \(element)>", byteCount / count)
        }
        if type.hasSuffix("*"), byteCount == 8 { return ("UInt", 8) }
        if type == "bool", byteCount == 1 { return ("Bool", 1) }
        return integer(byteCount).map { ($0, byteCount) } ?? bytes
    }

    private var bytes: (name: String, alignment: Int) { ("InlineArray<\(byteCount), UInt8>", 1) }

    private func integer(_ size: Int) -> String? {
        [1, 2, 4, 8].contains(size) ? "\(isSigned ? "" : "U")Int\(8 * size)" : nil
    }

    /// How it is read, if that is not plain.
    fileprivate var hint: String {
        form.name == "DataLocation" ? "; it is at `context.address(of:)`." : ""
    }
}
