import EBPFTypeFormat

/// The types of a program after the changes that years of kernel development make: members moved,
/// wrapped, renamed, retyped or gone, enumerators renumbered, types declared twice.
struct InventedKernel {
    private var builder: BTFBuilder
    private var random: SplitMix
    private let local: BTF
    private let scalars: [TypeID]

    init(_ types: BTF, seed: UInt64) throws {
        local = types
        random = SplitMix(state: seed)
        builder = try BTFBuilder(extending: types)
        scalars = types.typeIDs.filter {
            switch types.kind(of: $0) {
            case .integer, .pointer, .enumeration, .enumeration64: true
            default: false
            }
        }
    }

    mutating func build() throws -> BTF {
        for id in local.typeIDs {
            switch builder[id] {
            case .structure(let type):
                builder[id] = .structure(try change(type))
                if random.chance(20) { _ = builder.add(.structure(try flavour(type))) }
            case .union(let type): builder[id] = .union(try change(type))
            case .enumeration(let type): builder[id] = .enumeration(change(type))
            case .array(var array) where random.chance(8):
                array.count = UInt32(random.below(6))
                builder[id] = .array(array)
            case .alias(_, let target) where random.chance(20):
                builder[id] = .alias(name: "renamed", target)
            case .dataSection, .variable:
                builder[id] = .integer(IntegerType(name: "filler", size: 4))
            case .function(_, let prototype, let linkage):
                builder[id] = .function(name: "function", prototype: prototype, linkage)
            default: break
            }
        }
        return try builder.build()
    }

    /// Kernels have no flavours of their own, mostly.
    private mutating func name(_ name: String) -> String {
        guard name.contains("___") else { return random.chance(40) ? "gone" : name }
        return random.chance(60) ? name : "local"
    }

    private mutating func flavour(_ type: CompositeType) throws -> CompositeType {
        var copy = random.chance(2) ? try change(type) : type
        copy.name = EssentialName.of(type.name) + "___twin"
        return copy
    }

    // MARK: Members

    private mutating func change(_ type: CompositeType) throws -> CompositeType {
        var type = type
        if !type.name.isEmpty { type.name = name(type.name) }
        guard !random.chance(5) else { return type }
        if random.chance(3) { random.shuffle(&type.members) }
        var offset = 0
        var members: [CompositeType.Member] = []
        for var member in type.members {
            if random.chance(25) { continue }
            if random.chance(25), !member.name.isEmpty { member.name += "_old" }
            if random.chance(12), member.bitFieldSize == nil {
                member.type = scalars[random.below(scalars.count)]
            }
            offset += 8 * random.below(3)
            if member.bitFieldSize == nil { offset = (offset + 7) / 8 * 8 }
            member.bitOffset = offset
            let size = (try? local.size(of: member.type)) ?? 0
            offset += member.bitFieldSize ?? 8 * size
            members.append(member)
        }
        type.size = offset / 8 + 8
        type.members = random.chance(4) ? wrap(members) : members
        return type
    }

    /// Puts some members into an anonymous struct.
    private mutating func wrap(_ members: [CompositeType.Member]) -> [CompositeType.Member] {
        guard members.count > 2 else { return members }
        let start = random.below(members.count - 1)
        let first = members[start].bitOffset / 8 * 8
        var inner = Array(members[start...])
        for index in inner.indices { inner[index].bitOffset -= first }
        let size = (inner.last.map { $0.bitOffset } ?? 0) / 8 + 64
        let id = builder.add(.structure(CompositeType(name: "", size: size, members: inner)))
        return members[..<start] + [CompositeType.Member("", id, bitOffset: first)]
    }

    // MARK: Enumerators

    private mutating func change(_ type: EnumerationType) -> EnumerationType {
        var type = type
        if !type.name.isEmpty { type.name = name(type.name) }
        if random.chance(3) { random.shuffle(&type.enumerators) }
        type.enumerators.removeAll { _ in random.chance(10) }
        for index in type.enumerators.indices where random.chance(3) {
            type.enumerators[index].value = Int64(random.below(1000)) - (type.isSigned ? 500 : 0)
        }
        if random.chance(4) {
            type.is64Bit = true
            type.size = 8
        }
        return type
    }
}

/// Numbers that are the same in every run (SplitMix64).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    mutating func chance(_ one: Int) -> Bool { below(one) == 0 }

    mutating func shuffle<Element>(_ elements: inout [Element]) {
        for index in elements.indices.dropFirst() { elements.swapAt(index, below(index + 1)) }
    }
}
