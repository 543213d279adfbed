/// A text in so many bytes, as C programs keep it: `char comm[16]`.
///
/// ```swift
/// struct ExecEvent: BitwiseCopyable {
///     var pid: UInt32
///     var command: FixedString<16>
/// }
/// ```
///
/// It ends before the first zero byte, or after the last byte.
@available(macOS 26, iOS 26, watchOS 26, tvOS 26, *)
public struct FixedString<let capacity: Int>: BitwiseCopyable, Sendable, OpaqueValue {
    private var storage: InlineArray<capacity, UInt8>

    /// A text of which as many bytes are kept as fit, with at least one zero after it.
    ///
    /// - Parameter text: what does not fit is cut off before the first character that would not
    ///   be whole.
    public init(_ text: some StringProtocol) {
        storage = InlineArray(repeating: 0)
        var end = 0
        for character in text {
            let bytes = Array(String(character).utf8)
            guard end + bytes.count < capacity else { return }
            for byte in bytes {
                storage[end] = byte
                end += 1
            }
        }
    }

    /// All bytes, those after the text's end among them.
    public var bytes: [UInt8] { storage.indices.map { storage[$0] } }
}

@available(macOS 26, iOS 26, watchOS 26, tvOS 26, *)
extension FixedString: Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text; what is no UTF-8 is shown as replacement characters.
    public var description: String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

    /// A text written in the source.
    public init(stringLiteral value: String) { self.init(value) }

    /// Whether two hold the same bytes.
    public static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

    /// Feeds the bytes to a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
