/// The name of a map or program in the kernel: at most 15 bytes (`BPF_OBJ_NAME_LEN`).
public struct ObjectName: BitwiseCopyable, Sendable {
    private var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)

    /// No name.
    public init() {}

    /// A name cut to what the kernel takes; letters, digits, `_` and `.` stay, others become `_`.
    public init(_ text: String) {
        let isAllowed = { (byte: UInt8) in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
                || UnicodeScalar(byte).properties.isAlphabetic && byte < 0x80
                || (0x30...0x39).contains(byte)
        }
        let bytes = text.utf8.prefix(15).map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        unsafe withUnsafeMutableBytes(of: &words) { unsafe $0.copyBytes(from: bytes) }
    }

    /// The name as text.
    public var text: String {
        unsafe withUnsafeBytes(of: words) {
            unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
