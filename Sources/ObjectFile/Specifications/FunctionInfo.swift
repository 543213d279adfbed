public import EBPFTypeFormat

/// A function of a program: where it begins and what it is called.
public struct FunctionInfo: Hashable, Sendable {
    /// The slot of its first instruction.
    public var slot: Int
    /// Its name in the source.
    public var name: String
    /// Its type, a `BTF_KIND_FUNC`; `nil` when the object has no type information.
    public var type: TypeID?
    /// Whether it can be called and replaced from outside.
    public var linkage: FunctionLinkage

    /// A function that begins at a slot.
    public init(slot: Int, name: String, type: TypeID? = nil, linkage: FunctionLinkage) {
        self.slot = slot
        self.name = name
        self.type = type
        self.linkage = linkage
    }
}

/// The line of source that an instruction came from.
public struct LineInfo: Hashable, Sendable {
    /// The first slot that the line explains.
    public var slot: Int
    /// The path of the file, as the compiler was given it.
    public var file: String
    /// The line, counted from 1; 0 when the compiler made the instruction up.
    public var line: Int
    /// The column, counted from 1; 0 when unknown.
    public var column: Int
    /// The text of the line, with its indentation.
    public var text: String

    /// Whether it is a line of Swift.
    public var isSwift: Bool { file.hasSuffix(".swift") }

    /// A line that explains the instructions from `slot` on.
    public init(slot: Int, file: String, line: Int, column: Int, text: String) {
        self.slot = slot
        self.file = file
        self.line = line
        self.column = column
        self.text = text
    }
}

/// An instruction whose immediate or displacement depends on the layout of the kernel's types.
public struct CORERelocation: Hashable, Sendable {
    /// The slot of the instruction.
    public var slot: Int
    /// The type in the object's own type information.
    public var type: TypeID
    /// What of it is meant: indices of members and elements, `0:1:2`, or of an enumerator.
    public var access: String
    /// What is asked about it.
    public var kind: Kind

    /// A question about a type, whose answer goes into the instruction in `slot`.
    public init(slot: Int, type: TypeID, access: String, kind: Kind) {
        self.slot = slot
        self.type = type
        self.access = access
        self.kind = kind
    }

    /// The questions (`enum bpf_core_relo_kind` in `linux/bpf.h`).
    public enum Kind: UInt32, CaseIterable, Sendable {
        /// Where a field is, in bytes (`BPF_CORE_FIELD_BYTE_OFFSET`).
        case fieldByteOffset = 0
        /// How many bytes a field has (`BPF_CORE_FIELD_BYTE_SIZE`).
        case fieldByteSize
        /// 1 if the field is there (`BPF_CORE_FIELD_EXISTS`).
        case fieldExists
        /// 1 if the field is signed (`BPF_CORE_FIELD_SIGNED`).
        case fieldSigned
        /// How far to shift a bit-field left (`BPF_CORE_FIELD_LSHIFT_U64`).
        case fieldLeftShift
        /// How far to shift it right afterwards (`BPF_CORE_FIELD_RSHIFT_U64`).
        case fieldRightShift
        /// The type's id in the object (`BPF_CORE_TYPE_ID_LOCAL`).
        case typeIDLocal
        /// The type's id in the kernel (`BPF_CORE_TYPE_ID_TARGET`).
        case typeIDTarget
        /// 1 if the type is there (`BPF_CORE_TYPE_EXISTS`).
        case typeExists
        /// The type's size in bytes (`BPF_CORE_TYPE_SIZE`).
        case typeSize
        /// 1 if the enumerator is there (`BPF_CORE_ENUMVAL_EXISTS`).
        case enumeratorExists
        /// The enumerator's value (`BPF_CORE_ENUMVAL_VALUE`).
        case enumeratorValue
        /// 1 if the kernel's type has the same shape (`BPF_CORE_TYPE_MATCHES`).
        case typeMatches
    }
}
