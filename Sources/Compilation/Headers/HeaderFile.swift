/// A header that this package carries: the name in `#include <…>` and its text.
public struct HeaderFile: Hashable, Sendable {
    /// The name in `#include <…>`.
    public let name: String
    /// The C text.
    public let text: String

    /// A header made of text.
    init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }
}
