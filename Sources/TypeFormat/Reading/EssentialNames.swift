/// Names that are looked for all at once.
public struct EssentialNames: Sendable {
    fileprivate private(set) var names: [[UInt8]] = []
    /// The position of a name plus 1, at its hash or behind it; 0 where nothing is.
    private var table: [UInt32] = Array(repeating: 0, count: 16)

    /// No names.
    public init() {}

    /// How many names there are.
    public var count: Int { names.count }

    /// Adds a name, without its flavour, unless it is there already.
    ///
    /// - Returns: its position.
    public mutating func insert(_ name: ArraySlice<UInt8>) -> Int {
        var scanner = EssentialNameScanner()
        for byte in name { scanner.take(byte) }
        let essential = name.prefix(scanner.essentialCount)
        if let known = position(of: essential, hash: scanner.essentialHash) { return known }
        names.append(Array(essential))
        if 2 * names.count > table.count { grow() } else { place(names.count - 1) }
        return names.count - 1
    }

    /// The position of a name that has been inserted.
    @inline(__always)
    func position(of essential: ArraySlice<UInt8>, hash: UInt32) -> Int? {
        var slot = Int(hash) & (table.count - 1)
        while table[slot] != 0 {
            let position = Int(table[slot]) - 1
            if names[position].elementsEqual(essential) { return position }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    private mutating func grow() {
        table = Array(repeating: 0, count: 2 * table.count)
        for position in names.indices { place(position) }
    }

    private mutating func place(_ position: Int) {
        var slot = Int(Self.hash(names[position])) & (table.count - 1)
        while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
        table[slot] = UInt32(position + 1)
    }

    private static func hash(_ bytes: [UInt8]) -> UInt32 {
        bytes.reduce(0x811c_9dc5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
}

extension BTF {
    /// The types of some kinds that have one of the names, whatever their flavour.
    ///
    /// - Parameters:
    ///   - names: the names, without flavour.
    ///   - kinds: the kinds of types that count.
    ///   - skipsBase: whether types of the base do not count.
    /// - Returns: for each name, by its position, the types in the order of their numbers.
    public func types(
        named names: EssentialNames,
        kinds: Set<TypeKind>,
        skipsBase: Bool = false
    ) -> [[TypeID]] {
        var found = [[TypeID]](repeating: [], count: names.count)
        var chain = [storage]
        while !skipsBase, let base = chain.last?.base { chain.append(base) }
        let mask = kinds.reduce(UInt32(0)) { $0 | 1 << UInt32($1.rawValue) }
        for storage in chain.reversed() { storage.collect(names, kinds: mask, into: &found) }
        return found
    }
}

extension BTFStorage {
    fileprivate func collect(
        _ names: EssentialNames,
        kinds: UInt32,
        into found: inout [[TypeID]]
    ) {
        let index = nameIndex()
        for (position, name) in names.names.enumerated() {
            for candidate in index.candidates(for: name) {
                let offset = offsets.offset(of: candidate)
                let kind = TypeRecord.kindNumber(info: bytes.word(at: offset + 4))
                guard kind < 32, 1 << UInt32(kind) & kinds != 0,
                    hasEssentialName(name, at: Int(bytes.word(at: offset)))
                else { continue }
                found[position].append(TypeID(UInt32(firstID + candidate)))
            }
        }
    }

    /// Whether the string at an offset is a name, or it with a flavour.
    private func hasEssentialName(_ name: [UInt8], at offset: Int) -> Bool {
        guard let place = string(at: UInt32(truncatingIfNeeded: offset)),
            place.range.count >= name.count
        else { return false }
        let (bytes, range) = (place.bytes, place.range)
        var scanner = EssentialNameScanner()
        for place in range { scanner.take(bytes[place]) }
        guard scanner.essentialCount == name.count else { return false }
        return name.indices.allSatisfy { bytes[range.lowerBound + $0] == name[$0] }
    }
}
