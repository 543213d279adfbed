import EBPFObjectFile

/// Bytes of a type that belong to no member.
///
/// Swift leaves them as they are. In a key they make two of equal keys, in an event they show an
/// application what was in the kernel's memory before, and verifiers refuse both.
struct Padding {
    /// The name of the type.
    let type: String
    /// The member before the bytes.
    let member: String
    /// How many there are.
    let count: Int
}

extension Padding {
    /// What to say about a map whose keys have padding.
    func warning(key map: String, at place: LineInfo?) -> LinkFailure {
        LinkFailure(
            "the keys of \(map) have \(bytes) after \(type).\(member), so equal keys may differ",
            at: place, remedy: remedy)
    }

    /// What to say about a buffer whose events have padding.
    func warning(event map: String, at place: LineInfo?) -> LinkFailure {
        LinkFailure(
            "the events of \(map) have \(bytes) after \(type).\(member), which show what was in the "
                + "kernel's memory",
            at: place, remedy: remedy)
    }

    private var bytes: String { "\(count) byte\(count == 1 ? "" : "s") of padding" }

    private var remedy: String {
        let unit = count == 4 ? "UInt32" : count == 2 ? "UInt16" : count == 1 ? "UInt8" : nil
        let filler =
            unit.map { "var unused: \($0) = 0" }
            ?? "var unused = InlineArray<\(count), UInt8>(repeating: 0)"
        return "declare them, `\(filler)`, or put the larger members first"
    }
}
