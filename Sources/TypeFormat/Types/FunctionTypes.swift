/// `BTF_KIND_FUNC_PROTO`: what a function returns and takes.
public struct PrototypeType: Hashable, Sendable {
    /// The type of the result.
    public var result: TypeID
    /// The parameters; a last one without name and of type `void` stands for `…`.
    public var parameters: [Parameter]

    /// A prototype.
    public init(result: TypeID, parameters: [Parameter]) {
        self.result = result
        self.parameters = parameters
    }

    /// Whether more arguments may follow the named ones.
    public var isVariadic: Bool { parameters.last.map { $0.type == .void } ?? false }

    /// A parameter of a function.
    public struct Parameter: Hashable, Sendable {
        /// The name; pointers to functions have parameters without names.
        public var name: String
        /// The type.
        public var type: TypeID

        /// A parameter.
        public init(_ name: String, _ type: TypeID) {
            self.name = name
            self.type = type
        }
    }
}

/// From where a function can be called (`enum btf_func_linkage`).
public enum FunctionLinkage: UInt16, Hashable, Sendable {
    /// Only in its own file (`BTF_FUNC_STATIC`).
    case `static` = 0
    /// From everywhere; the verifier judges it by itself (`BTF_FUNC_GLOBAL`).
    case global = 1
    /// It is defined elsewhere: a kernel function (`BTF_FUNC_EXTERN`).
    case external = 2
}

/// Where a variable is defined (`BTF_VAR_*`).
public enum VariableLinkage: UInt32, Hashable, Sendable {
    /// In its own file, invisible elsewhere.
    case `static` = 0
    /// In its own file, for all.
    case global = 1
    /// Elsewhere: in the kernel, or in its configuration.
    case external = 2
}

/// `BTF_KIND_DECL_TAG`: a note that the source put on a declaration.
public struct DeclarationTag: Hashable, Sendable {
    /// The note.
    public var name: String
    /// The struct, union, function, variable or typedef it is on.
    public var target: TypeID
    /// The index of the member or parameter it is on, or `nil` for the whole.
    public var component: Int?
    /// Whether the name is that of a compiler attribute rather than a `btf_decl_tag`.
    public var isAttribute: Bool

    /// A note on a declaration.
    public init(name: String, target: TypeID, component: Int? = nil, isAttribute: Bool = false) {
        self.name = name
        self.target = target
        self.component = component
        self.isAttribute = isAttribute
    }
}
