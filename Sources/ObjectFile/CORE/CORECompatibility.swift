public import EBPFTypeFormat

/// Whether two types may stand for each other although they are not the same.
///
/// Kernels change: an `int` becomes a `long`, a member an array of another length. What a program
/// does with them is still right, since sizes and offsets are relocated too.
struct CORECompatibility {
    private let local: BTF
    private let target: BTF
    /// How far types are followed, as in the kernel.
    private static let depthLimit = 32

    init(_ local: BTF, _ target: BTF) {
        self.local = local
        self.target = target
    }

    /// Whether the kernel's type of a field may stand for the program's.
    ///
    /// Structs and unions all do; pointers, floats and whole integers do among themselves; arrays
    /// if their elements do; enumerations and declarations if they have one name or none.
    func areCompatible(fields own: TypeID, _ other: TypeID) throws(BTFError) -> Bool {
        var (own, other) = (own, other)
        for _ in 0..<Self.depthLimit {
            own = try local.resolve(own)
            other = try target.resolve(other)
            let (kind, otherKind) = (local.kind(of: own), target.kind(of: other))
            if kind?.isComposite == true, otherKind?.isComposite == true { return true }
            guard let kind, let otherKind, kind.isCompatible(with: otherKind)
            else { return false }
            switch kind {
            case .pointer, .float: return true
            case .integer: return try areWhole(own, other)
            case .forward, .enumeration, .enumeration64:
                let (name, otherName) = (local.nameBytes(of: own), target.nameBytes(of: other))
                return name.isEmpty || otherName.isEmpty
                    || EssentialName.areEqual(name, otherName)
            case .array: (own, other) = try (local.element(of: own), target.element(of: other))
            default: return false
            }
        }
        throw BTFError(.type(other), .tooDeep)
    }

    /// Whether the kernel's type may stand for the program's as a whole; that they have one name
    /// is known.
    func areCompatible(types own: TypeID, _ other: TypeID, depth: Int = 0) throws(BTFError) -> Bool
    {
        if depth == 0 {
            guard let kind = local.kind(of: own), let otherKind = target.kind(of: other),
                kind.isCompatible(with: otherKind)
            else { return false }
        }
        var (own, other) = (own, other)
        for level in depth..<max(depth, Self.depthLimit) {
            own = try local.resolve(own)
            other = try target.resolve(other)
            guard let kind = local.kind(of: own), let otherKind = target.kind(of: other)
            else { return own == .void && other == .void }
            guard kind.isCompatible(with: otherKind) else { return false }
            switch kind {
            case .structure, .union, .enumeration, .enumeration64, .forward: return true
            case .integer: return try areWhole(own, other)
            case .pointer: (own, other) = try (local.pointee(of: own), target.pointee(of: other))
            case .array: (own, other) = try (local.element(of: own), target.element(of: other))
            case .functionPrototype:
                let (function, other) = try (local.prototype(of: own), target.prototype(of: other))
                return try areCompatible(function, other, depth: level + 1)
            default: return false
            }
        }
        throw BTFError(.type(other), .tooDeep)
    }

    private func areCompatible(
        _ own: PrototypeType,
        _ other: PrototypeType,
        depth: Int
    ) throws(BTFError) -> Bool {
        guard own.parameters.count == other.parameters.count else { return false }
        for (own, other) in zip(own.parameters, other.parameters) {
            guard try areCompatible(types: own.type, other.type, depth: depth)
            else { return false }
        }
        return try areCompatible(types: own.result, other.result, depth: depth)
    }

    /// Whether integers fill their bytes: bit-fields were once stored as types of their own.
    private func areWhole(_ own: TypeID, _ other: TypeID) throws(BTFError) -> Bool {
        guard case .integer(let own) = try local.type(own),
            case .integer(let other) = try target.type(other)
        else { return false }
        return own.bitOffset == 0 && other.bitOffset == 0
    }
}

extension TypeKind {
    /// Whether it has members.
    var isComposite: Bool { self == .structure || self == .union }

    /// Whether it has enumerators.
    var isEnumeration: Bool { self == .enumeration || self == .enumeration64 }

    /// Whether types of two kinds may stand for each other: the kinds are the same, or both are
    /// enumerations.
    func isCompatible(with other: TypeKind) -> Bool {
        self == other || isEnumeration && other.isEnumeration
    }
}

extension BTF {
    /// Whether a type of a program may stand for a type of a kernel, as `bpf_core_type_exists` judges
    /// it: structs and enumerations always, functions if their parameters do.
    ///
    /// - Parameters:
    ///   - id: the program's type.
    ///   - other: the kernel's type.
    ///   - kernel: the kernel's types.
    /// - Throws: ``BTFError`` if one of the types cannot be decoded.
    public func isCompatible(
        _ id: TypeID, with other: TypeID, of kernel: BTF
    ) throws(BTFError) -> Bool {
        let check = CORECompatibility(self, kernel)
        return try check.areCompatible(types: resolve(id), kernel.resolve(other))
    }

    /// The type of the elements of an array; `void` for other types.
    func element(of id: TypeID) throws(BTFError) -> TypeID {
        guard case .array(let array) = try type(id) else { return .void }
        return array.element
    }

    /// What a pointer points to; `void` for other types.
    func pointee(of id: TypeID) throws(BTFError) -> TypeID {
        guard case .pointer(let target) = try type(id) else { return .void }
        return target
    }
}
