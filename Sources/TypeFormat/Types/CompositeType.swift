/// `BTF_KIND_STRUCT` and `BTF_KIND_UNION`.
public struct CompositeType: Hashable, Sendable {
    /// The tag, without `struct` or `union`; empty if it has none.
    public var name: String
    /// How many bytes it takes.
    public var size: Int
    /// The members, in the order of the source.
    public var members: [Member]

    /// A struct or union; nothing is laid out, the members say where they lie.
    public init(name: String, size: Int, members: [Member]) {
        self.name = name
        self.size = size
        self.members = members
    }

    /// A member of a struct or union.
    public struct Member: Hashable, Sendable {
        /// The name; empty for an anonymous struct or union.
        public var name: String
        /// The type.
        public var type: TypeID
        /// Where it starts, in bits from the start of the composite; bit 0 is the lowest bit of
        /// the first byte.
        public var bitOffset: Int
        /// The width of a bit-field, or `nil` if it is not one.
        public var bitFieldSize: Int?

        /// A member at a place.
        public init(_ name: String, _ type: TypeID, bitOffset: Int, bitFieldSize: Int? = nil) {
            self.name = name
            self.type = type
            self.bitOffset = bitOffset
            self.bitFieldSize = bitFieldSize
        }

        /// Where it starts, in whole bytes.
        public var byteOffset: Int { bitOffset / 8 }
    }
}

/// `BTF_KIND_DATASEC`: an ELF section and the variables in it.
public struct DataSectionType: Hashable, Sendable {
    /// The name of the section, such as `.bss`.
    public var name: String
    /// Its size in bytes; compilers write 0 and leave it to the loader.
    public var size: Int
    /// The variables in it.
    public var variables: [Variable]

    /// A section.
    public init(name: String, size: Int, variables: [Variable]) {
        self.name = name
        self.size = size
        self.variables = variables
    }

    /// A variable's place in its section.
    public struct Variable: Hashable, Sendable {
        /// The ``BTFType/variable(name:_:_:)``, or a function in `.ksyms`.
        public var type: TypeID
        /// Where it starts in the section; compilers write 0 and add a relocation.
        public var offset: Int
        /// How many bytes it takes.
        public var size: Int

        /// A variable at a place.
        public init(_ type: TypeID, offset: Int, size: Int) {
            self.type = type
            self.offset = offset
            self.size = size
        }
    }
}
