/// What sort of thing a type describes (`BTF_KIND_*`).
public enum TypeKind: UInt8, CaseIterable, Hashable, Sendable {
    /// `BTF_KIND_INT`.
    case integer = 1
    /// `BTF_KIND_PTR`.
    case pointer
    /// `BTF_KIND_ARRAY`.
    case array
    /// `BTF_KIND_STRUCT`.
    case structure
    /// `BTF_KIND_UNION`.
    case union
    /// `BTF_KIND_ENUM`: enumerators of 32 bits.
    case enumeration
    /// `BTF_KIND_FWD`: a struct or union that is declared but not defined.
    case forward
    /// `BTF_KIND_TYPEDEF`.
    case alias
    /// `BTF_KIND_VOLATILE`.
    case volatile
    /// `BTF_KIND_CONST`.
    case constant
    /// `BTF_KIND_RESTRICT`.
    case restrict
    /// `BTF_KIND_FUNC`: a function with a name, of a certain prototype.
    case function
    /// `BTF_KIND_FUNC_PROTO`.
    case functionPrototype
    /// `BTF_KIND_VAR`: a global variable.
    case variable
    /// `BTF_KIND_DATASEC`: an ELF section of variables.
    case dataSection
    /// `BTF_KIND_FLOAT`.
    case float
    /// `BTF_KIND_DECL_TAG`: a note on a declaration.
    case declarationTag
    /// `BTF_KIND_TYPE_TAG`: a note on the target of a pointer.
    case typeTag
    /// `BTF_KIND_ENUM64`: enumerators of 64 bits.
    case enumeration64
}

extension TypeKind: CustomStringConvertible {
    /// The kind as the UAPI names it, without `BTF_KIND_`.
    public var description: String {
        switch self {
        case .integer: "INT"
        case .pointer: "PTR"
        case .array: "ARRAY"
        case .structure: "STRUCT"
        case .union: "UNION"
        case .enumeration: "ENUM"
        case .forward: "FWD"
        case .alias: "TYPEDEF"
        case .volatile: "VOLATILE"
        case .constant: "CONST"
        case .restrict: "RESTRICT"
        case .function: "FUNC"
        case .functionPrototype: "FUNC_PROTO"
        case .variable: "VAR"
        case .dataSection: "DATASEC"
        case .float: "FLOAT"
        case .declarationTag: "DECL_TAG"
        case .typeTag: "TYPE_TAG"
        case .enumeration64: "ENUM64"
        }
    }
}
