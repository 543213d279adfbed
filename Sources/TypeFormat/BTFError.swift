/// Why bytes are not type information, or a question about types has no answer.
public struct BTFError: Error, Hashable, Sendable {
    /// Where it is.
    public let place: Place
    /// What is wrong there.
    public let reason: Reason

    /// A fault at a place.
    public init(_ place: Place, _ reason: Reason) {
        self.place = place
        self.reason = reason
    }

    /// Where a fault is; offsets are in bytes from the start of the type information.
    public enum Place: Hashable, Sendable {
        /// In the header.
        case header
        /// In the section of types.
        case types(offset: Int)
        /// In the section of strings.
        case strings(offset: Int)
        /// In a type that could be read.
        case type(TypeID)
        /// In a value, at a member such as `flow.ports[1]`; empty for the whole.
        case value(String)
    }

    /// The kinds of faults.
    public enum Reason: Hashable, Sendable {
        /// There are fewer bytes than the smallest header has.
        case truncatedHeader(available: Int)
        /// The first two bytes are not 0xeB9F.
        case wrongMagic(UInt16)
        /// The first two bytes are in the order of a big-endian machine.
        case bigEndian
        /// The version is not 1.
        case unknownVersion(UInt8)
        /// The header says that it is shorter than the fields it has.
        case headerLength(UInt32)
        /// A section reaches past the end of the bytes.
        case sectionOutside(end: Int, available: Int)
        /// The section of types does not start at a multiple of four bytes.
        case misalignedTypes
        /// The strings do not begin with an empty one, or the last one has no end.
        case malformedStrings
        /// They extend types that were not given.
        case needsBase
        /// No kind of type has this number.
        case unknownKind(UInt8)
        /// The section ends inside a type.
        case truncatedType(needed: Int, available: Int)
        /// There are more types than numbers for them.
        case tooManyTypes
        /// There is no type with this number.
        case noSuchType(TypeID, count: Int)
        /// There is no string at this offset.
        case noSuchString(offset: UInt32)
        /// The linkage of a function or variable is not known.
        case unknownLinkage(UInt32)
        /// The type has no size: `void`, a function, a declaration without definition.
        case noSize(String)
        /// The type contains itself, or is nested deeper than any compiler nests.
        case tooDeep
        /// The size does not fit into 63 bits.
        case tooLarge
        /// The question makes sense for other kinds of types only.
        case wrongKind(expected: String, found: String)
        /// A number has more bits than its bytes, or more than 128.
        case malformedNumber(bits: Int, bytes: Int)
        /// There are too few bytes for a value of the type.
        case truncatedValue(needed: Int, available: Int)
        /// The value has more parts than anyone could read.
        case tooManyParts
        /// The type cannot be stored in the format.
        case unencodable(String)
        /// A text does not describe a value of the type.
        case invalidText(String)
    }
}

extension BTFError: CustomStringConvertible {
    /// One line: the place, what is wrong, and what would be right.
    public var description: String {
        if case .value = place { return "\(place): \(reason)" }
        return "type information, \(place): \(reason)"
    }
}

extension BTFError.Place: CustomStringConvertible {
    /// The place in words.
    public var description: String {
        switch self {
        case .header: "header"
        case .types(let offset): "types, offset \(offset)"
        case .strings(let offset): "strings, offset \(offset)"
        case .type(let id): "type \(id)"
        case .value(let path): path.isEmpty ? "value" : "value, member \(path)"
        }
    }
}

extension BTFError.Reason: CustomStringConvertible {
    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .truncatedHeader(let available):
            "a header has 24 bytes, here are \(available)"
        case .wrongMagic(let magic):
            "it starts with 0x\(String(magic, radix: 16)), not with 0xeb9f"
        case .bigEndian:
            "it is in big-endian order; compile the program for a little-endian machine (bpfel)"
        case .unknownVersion(let version):
            "version \(version) is not known; the only one is 1"
        case .headerLength(let length):
            "the header cannot be \(length) bytes long; it has at least 24"
        case .sectionOutside(let end, let available):
            "the section ends at offset \(end), but there are only \(available) bytes"
        case .misalignedTypes:
            "types must start at a multiple of 4"
        case .malformedStrings:
            "strings must begin and end with a zero byte"
        case .needsBase:
            "these types extend others, as those of a module extend the kernel's; give the base, "
                + "for instance /sys/kernel/btf/vmlinux"
        case .unknownKind(let kind):
            "there is no kind \(kind) of types; the last one is 19"
        case .truncatedType(let needed, let available):
            "the type takes \(needed) bytes, but only \(available) are left in the section"
        case .tooManyTypes:
            "there are more types than numbers for them"
        case .noSuchType(let id, let count):
            "there is no type \(id); the last one is [\(count - 1)]"
        case .noSuchString(let offset):
            "there is no string at offset \(offset)"
        case .unknownLinkage(let linkage):
            "linkage \(linkage) is not known; 0 is static, 1 global, 2 extern"
        case .noSize(let what):
            "\(what) has no size"
        case .tooDeep:
            "the type contains itself or is nested too deeply"
        case .tooLarge:
            "the type is larger than any memory"
        case .wrongKind(let expected, let found):
            "expected \(expected), found \(found)"
        case .malformedNumber(let bits, let bytes):
            "a number of \(bits) bits in \(bytes) bytes cannot be read"
        case .truncatedValue(let needed, let available):
            "a value takes \(needed) bytes, here are \(available)"
        case .tooManyParts:
            "the value has too many parts to be shown"
        case .unencodable(let problem):
            problem
        case .invalidText(let problem):
            problem
        }
    }
}
