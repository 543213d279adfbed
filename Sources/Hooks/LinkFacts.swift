import EBPFBytecode

/// One thing that is known about a link's place, ready to be shown.
public struct LinkFact: Hashable, Sendable {
    /// What it is about: `interface`, `attach`, `cgroup`.
    public let name: String
    /// The fact.
    public let value: Value

    /// Numbers stay numbers for scripts.
    public enum Value: Hashable, Sendable {
        /// A number.
        case number(Int64)
        /// A name or a path.
        case text(String)
        /// Several numbers, such as offsets.
        case numbers([UInt64])
    }

    init(_ name: String, _ number: some BinaryInteger) {
        self.name = name
        value = .number(Int64(clamping: number))
    }

    init(_ name: String, _ text: String) {
        self.name = name
        value = .text(text)
    }

    init(_ name: String, _ numbers: [UInt64]) {
        self.name = name
        value = .numbers(numbers)
    }
}

extension LinkDetails {
    /// What is known about the place, in the order in which people read it.
    public var facts: [LinkFact] {
        switch self {
        case .interface(let index, let attachType):
            [LinkFact("interface", index), LinkFact("attach", attachType.name)]
        case .controlGroup(let id, let attachType):
            [LinkFact("cgroup", id)] + Self.attach(attachType)
        case .networkNamespace(let inode, let attachType):
            [LinkFact("netns", inode)] + Self.attach(attachType)
        case .netfilter(let place):
            [
                LinkFact("family", place.family), LinkFact("hook", place.hook),
                LinkFact("priority", place.priority),
            ]
        case .socketMap(let map, let attachType):
            [LinkFact("map", map)] + Self.attach(attachType)
        case .structOperations(let map):
            [LinkFact("map", map)]
        case .none: []
        }
    }

    private static func attach(_ type: AttachType?) -> [LinkFact] {
        type.map { [LinkFact("attach", $0.name)] } ?? []
    }
}
