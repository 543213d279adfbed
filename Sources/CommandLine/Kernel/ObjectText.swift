/// An object of the kernel as people name it: `12`, `id:12`, `flows`, `name:flows`,
/// `/sys/fs/bpf/flows`.
enum ObjectText {
    /// Its number.
    case id(UInt32)
    /// Its name, which others may have as well.
    case name(String)
    /// Where it is pinned.
    case path(String)

    /// Reads a text; `nil` if it is empty, or names nothing, or `id:` with something else than a number.
    init?(_ text: String) {
        guard !text.isEmpty, text != "name:" else { return nil }
        if text.hasPrefix("id:") {
            guard let id = UInt32(text.dropFirst(3)) else { return nil }
            self = .id(id)
        } else if text.hasPrefix("name:") {
            self = .name(String(text.dropFirst(5)))
        } else if let id = UInt32(text) {
            self = .id(id)
        } else {
            self = text.contains("/") ? .path(text) : .name(text)
        }
    }
}
