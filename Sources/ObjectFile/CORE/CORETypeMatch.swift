import EBPFTypeFormat

/// Whether the kernel's type has the shape of the program's: all that the program knows of it is
/// there (`BPF_CORE_TYPE_MATCHES`).
///
/// The rules, with typedefs and qualifiers taken away and flavours ignored: names are the same;
/// integers have one size and sign; arrays one length; every member and enumerator of the program's
/// type is in the kernel's; enumerations have one size; functions take as many parameters. Behind
/// a pointer a struct or union need only be one, and may be declared without being defined.
struct CORETypeMatch {
    private let local: BTF
    private let target: BTF
    /// How many types and members may still be compared.
    private var budget = 1 << 22

    init(_ local: BTF, _ target: BTF) {
        self.local = local
        self.target = target
    }

    /// Whether a type of the kernel has the shape of one of the program.
    mutating func matches(
        _ own: TypeID,
        _ other: TypeID,
        behindPointer: Bool = false,
        depth: Int = 0
    ) throws(BTFError) -> Bool {
        budget -= 1
        guard depth < COREPath.depthLimit, budget > 0
        else { throw BTFError(.type(other), .tooDeep) }
        let (own, other) = (try local.resolve(own), try target.resolve(other))
        guard EssentialName.areEqual(local.nameBytes(of: own), target.nameBytes(of: other))
        else { return false }
        switch (try local.type(own), try target.type(other)) {
        case (.void, .void): return true
        case (.integer(let own), .integer(let other)):
            return own.size == other.size
                && own.encoding.contains(.signed) == other.encoding.contains(.signed)
        case (.pointer(let own), .pointer(let other)):
            return try matches(own, other, behindPointer: true, depth: depth + 1)
        case (.array(let own), .array(let other)):
            guard own.count == other.count else { return false }
            return try matches(
                own.element,
                other.element,
                behindPointer: behindPointer,
                depth: depth + 1
            )
        case (.enumeration(let ours), .enumeration(let theirs)):
            guard ours.size == theirs.size else { return false }
            return try haveSameParts(own, other)
        case (.functionPrototype(let own), .functionPrototype(let other)):
            return try matches(own, other, behindPointer: behindPointer, depth: depth + 1)
        case (.structure, .structure), (.union, .union):
            guard !behindPointer else { return true }
            return try haveSameParts(own, other, depth: depth)
        case (.forward(_, let isUnion), .forward(_, let otherIsUnion)):
            return isUnion == otherIsUnion
        case (.structure, .forward(_, isUnion: false)), (.union, .forward(_, isUnion: true)),
            (.forward(_, isUnion: false), .structure), (.forward(_, isUnion: true), .union):
            return behindPointer
        default: return false
        }
    }

    private mutating func matches(
        _ own: PrototypeType,
        _ other: PrototypeType,
        behindPointer: Bool,
        depth: Int
    ) throws(BTFError) -> Bool {
        guard own.parameters.count == other.parameters.count else { return false }
        let pairs = zip(own.parameters, other.parameters).map { ($0.type, $1.type) }
        for (own, other) in pairs + [(own.result, other.result)] {
            guard try matches(own, other, behindPointer: behindPointer, depth: depth)
            else { return false }
        }
        return true
    }

    /// Whether each member or enumerator has one of the same name, and for members of the same
    /// shape, in the other type.
    private mutating func haveSameParts(
        _ own: TypeID,
        _ other: TypeID,
        depth: Int = 0
    ) throws(BTFError) -> Bool {
        guard let ours = local.parts(of: own), let theirs = target.parts(of: other),
            ours.count <= theirs.count
        else { return false }
        for index in 0..<ours.count {
            let name = EssentialName.of(ours.name(at: index))
            var isFound = false
            for candidate in 0..<theirs.count where !isFound {
                budget -= 1
                guard EssentialName.of(theirs.name(at: candidate)).elementsEqual(name)
                else { continue }
                guard !ours.areEnumerators else {
                    isFound = true
                    continue
                }
                isFound = try matches(
                    ours.type(at: index),
                    theirs.type(at: candidate),
                    depth: depth + 1
                )
            }
            guard isFound else { return false }
        }
        return true
    }
}
