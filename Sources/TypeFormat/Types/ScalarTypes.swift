/// `BTF_KIND_INT`: a number of bits in a number of bytes, and how to read them.
public struct IntegerType: Hashable, Sendable {
    /// The C name, such as `unsigned int`.
    public var name: String
    /// How many bytes it takes.
    public var size: Int
    /// How to read the bits.
    public var encoding: Encoding
    /// The first bit that counts; other than 0 only in old bit-fields.
    public var bitOffset: Int
    /// How many bits count; fewer than `8 * size` only in old bit-fields.
    public var bitCount: Int

    /// An integer that fills its bytes, unless `bitCount` says less.
    public init(
        name: String,
        size: Int,
        encoding: Encoding = [],
        bitOffset: Int = 0,
        bitCount: Int? = nil
    ) {
        self.name = name
        self.size = size
        self.encoding = encoding
        self.bitOffset = bitOffset
        self.bitCount = bitCount ?? size.multipliedReportingOverflow(by: 8).partialValue
    }

    /// How the bits of an integer are meant (`BTF_INT_*`).
    public struct Encoding: OptionSet, Hashable, Sendable {
        /// The four bits of the encoding field.
        public let rawValue: UInt8

        /// An encoding from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Negative numbers in two's complement (`BTF_INT_SIGNED`).
        public static let signed = Encoding(rawValue: 1)
        /// A character (`BTF_INT_CHAR`); compilers rarely say so.
        public static let character = Encoding(rawValue: 2)
        /// A truth value (`BTF_INT_BOOL`).
        public static let boolean = Encoding(rawValue: 4)
    }
}

/// `BTF_KIND_ARRAY`: so many elements of a type.
public struct ArrayType: Hashable, Sendable {
    /// The type of an element.
    public var element: TypeID
    /// The type of an index, a formality of the format.
    public var index: TypeID
    /// How many elements there are; 0 for a flexible array member.
    public var count: UInt32

    /// An array.
    public init(element: TypeID, index: TypeID, count: UInt32) {
        self.element = element
        self.index = index
        self.count = count
    }
}

/// `BTF_KIND_ENUM` and `BTF_KIND_ENUM64`: named numbers.
public struct EnumerationType: Hashable, Sendable {
    /// The tag, without `enum`.
    public var name: String
    /// How many bytes a value takes: 1, 2, 4 or 8.
    public var size: Int
    /// Whether values are signed.
    public var isSigned: Bool
    /// Whether the enumerators are stored with 64 bits.
    public var is64Bit: Bool
    /// The names and numbers, in the order of the source.
    public var enumerators: [Enumerator]

    /// An enumeration.
    public init(
        name: String,
        size: Int = 4,
        isSigned: Bool = false,
        is64Bit: Bool = false,
        enumerators: [Enumerator]
    ) {
        self.name = name
        self.size = size
        self.isSigned = isSigned
        self.is64Bit = is64Bit
        self.enumerators = enumerators
    }

    /// A name and its number.
    public struct Enumerator: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The number; for unsigned enumerations the same bits as a `UInt64`.
        public var value: Int64

        /// A name for a number.
        public init(_ name: String, _ value: Int64) {
            self.name = name
            self.value = value
        }
    }
}
