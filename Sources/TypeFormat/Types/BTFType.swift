/// One type of a ``BTF``, decoded; the types it refers to are numbers.
///
/// Anonymous types have the empty name.
public enum BTFType: Hashable, Sendable {
    /// `void`, type 0.
    case void
    /// An integer, a character or a truth value.
    case integer(IntegerType)
    /// A pointer to a type.
    case pointer(TypeID)
    /// So many elements of a type.
    case array(ArrayType)
    /// Members one after the other.
    case structure(CompositeType)
    /// Members at the same place.
    case union(CompositeType)
    /// Named numbers, of 32 or 64 bits.
    case enumeration(EnumerationType)
    /// A struct or union that is declared but not defined.
    case forward(name: String, isUnion: Bool)
    /// Another name for a type (`typedef`).
    case alias(name: String, TypeID)
    /// `volatile`.
    case volatile(TypeID)
    /// `const`.
    case constant(TypeID)
    /// `restrict`.
    case restrict(TypeID)
    /// A function with a name; its prototype is another type.
    case function(name: String, prototype: TypeID, FunctionLinkage)
    /// What a function returns and takes.
    case functionPrototype(PrototypeType)
    /// A global variable.
    case variable(name: String, TypeID, VariableLinkage)
    /// An ELF section and the variables in it.
    case dataSection(DataSectionType)
    /// A floating-point number of so many bytes.
    case float(name: String, size: Int)
    /// A note on a declaration.
    case declarationTag(DeclarationTag)
    /// A note on a type; `isAttribute` if the name is that of a compiler attribute.
    case typeTag(name: String, TypeID, isAttribute: Bool)
}

extension BTFType {
    /// What sort of type it is; `nil` for `void`.
    public var kind: TypeKind? {
        switch self {
        case .void: nil
        case .integer: .integer
        case .pointer: .pointer
        case .array: .array
        case .structure: .structure
        case .union: .union
        case .enumeration(let type): type.is64Bit ? .enumeration64 : .enumeration
        case .forward: .forward
        case .alias: .alias
        case .volatile: .volatile
        case .constant: .constant
        case .restrict: .restrict
        case .function: .function
        case .functionPrototype: .functionPrototype
        case .variable: .variable
        case .dataSection: .dataSection
        case .float: .float
        case .declarationTag: .declarationTag
        case .typeTag: .typeTag
        }
    }

    /// The type's own name, empty if it has none.
    public var name: String {
        switch self {
        case .void, .pointer, .array, .volatile, .constant, .restrict, .functionPrototype: ""
        case .integer(let type): type.name
        case .structure(let type), .union(let type): type.name
        case .enumeration(let type): type.name
        case .dataSection(let type): type.name
        case .declarationTag(let tag): tag.name
        case .forward(let name, _), .alias(let name, _), .function(let name, _, _),
            .variable(let name, _, _), .float(let name, _), .typeTag(let name, _, _):
            name
        }
    }
}
