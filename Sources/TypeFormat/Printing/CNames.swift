/// The names that types get in C, as far as they are not their own.
///
/// Names that C does not allow are changed: those of other languages, those that are keywords,
/// and those that several types have. The second `struct node` becomes `struct node___2`; what
/// follows three underscores is ignored when a program is adapted to a kernel.
struct CNames {
    /// How often a name had been given before a type got it: by the number of the type, and for
    /// enumerators by that of their enumeration. Only where that is not 0.
    private var repetitions: [TypeID: Int] = [:]
    private var enumeratorRepetitions: [TypeID: [Int: Int]] = [:]
    /// The kinds of the first type with each tag.
    private var tags = NameCounts()

    /// Every type keeps its own name, if C allows it.
    init() {}

    /// No two types get the same name.
    init(_ source: some TypeSource) throws(BTFError) {
        var names = NameCounts()
        var enumerations: [TypeID] = []
        for number in 1..<UInt32(source.count) {
            let id = TypeID(number)
            guard let kind = source.kind(of: id) else { continue }
            switch kind {
            case .structure, .union, .enumeration, .enumeration64:
                if kind == .enumeration || kind == .enumeration64 { enumerations.append(id) }
                let name = try source.name(of: id)
                guard !name.isEmpty else { continue }
                note(tags.add(name, kind, source), id)
            case .alias: note(names.add(try source.name(of: id), kind, source), id)
            default: continue
            }
        }
        // After the typedefs, which are asked for by name more often.
        for id in enumerations {
            for index in 0..<source.partCount(of: id) {
                let name = try source.enumeratorName(index, of: id)
                let count = names.add(name, .enumeration, source)
                if count > 0 { enumeratorRepetitions[id, default: [:]][index] = count }
            }
        }
    }

    private mutating func note(_ count: Int, _ id: TypeID) {
        if count > 0 { repetitions[id] = count }
    }

    /// Writes the tag of a struct, union or enumeration, or the name of a typedef.
    func write(
        _ name: NamePlace, of id: TypeID, _ source: some TypeSource, to text: inout CText
    ) {
        text.append(identifier: name, in: source)
        if !repetitions.isEmpty, let count = repetitions[id] { Self.number(count, &text) }
    }

    /// Writes the name of an enumerator.
    func writeEnumerator(
        _ index: Int, of id: TypeID, _ source: some TypeSource, to text: inout CText
    ) throws(BTFError) {
        text.append(identifier: try source.enumeratorName(index, of: id), in: source)
        if let count = enumeratorRepetitions[id]?[index] { Self.number(count, &text) }
    }

    /// Writes the tag of a struct or union that is only declared.
    func writeForward(
        _ name: NamePlace, isUnion: Bool, _ source: some TypeSource,
        to text: inout CText
    ) {
        text.append(identifier: name, in: source)
        guard let kind = tags.firstKind(name, source), kind != (isUnion ? .union : .structure)
        else { return }
        text.append("___forward")
    }

    private static func number(_ count: Int, _ text: inout CText) {
        text.append("___")
        text.append(count + 1)
    }
}

extension TypeSource {
    /// The name of an enumerator.
    func enumeratorName(_ index: Int, of id: TypeID) throws(BTFError) -> NamePlace {
        let stride = kind(of: id) == .enumeration64 ? 3 : 2
        return try string(word(3 + stride * index, of: id), in: id)
    }
}

/// How often names occur, by what C makes of them.
///
/// A table with open addresses: of each name it has the place among the strings and a hash, so that
/// nothing is copied.
private struct NameCounts {
    private struct Entry {
        var hash: UInt32
        var name: NamePlace
        var count: Int
        let kind: TypeKind
    }

    private var entries: [Entry] = []
    /// For each bucket the number of its entry, plus 1; 0 if it is free.
    private var buckets = [UInt32](repeating: 0, count: 64)

    /// Counts a name.
    ///
    /// - Returns: how often it had been counted before.
    mutating func add(
        _ name: NamePlace, _ kind: TypeKind, _ source: some TypeSource
    ) -> Int {
        let hash = Self.hash(name, source)
        let bucket = bucket(of: name, hash, source)
        if buckets[bucket] != 0 {
            let index = Int(buckets[bucket]) - 1
            entries[index].count += 1
            return entries[index].count - 1
        }
        entries.append(Entry(hash: hash, name: name, count: 1, kind: kind))
        buckets[bucket] = UInt32(entries.count)
        if entries.count * 2 > buckets.count { grow() }
        return 0
    }

    /// The kind with which a name was counted first.
    func firstKind(_ name: NamePlace, _ source: some TypeSource) -> TypeKind? {
        let bucket = bucket(of: name, Self.hash(name, source), source)
        return buckets[bucket] == 0 ? nil : entries[Int(buckets[bucket]) - 1].kind
    }

    /// The bucket that a name has, or would get.
    private func bucket(
        of name: NamePlace, _ hash: UInt32, _ source: some TypeSource
    ) -> Int {
        var bucket = Int(hash) & (buckets.count - 1)
        while buckets[bucket] != 0 {
            let entry = entries[Int(buckets[bucket]) - 1]
            if entry.hash == hash, Self.areEqual(entry.name, name, source) { break }
            bucket = (bucket + 1) & (buckets.count - 1)
        }
        return bucket
    }

    private mutating func grow() {
        buckets = [UInt32](repeating: 0, count: buckets.count * 4)
        for (index, entry) in entries.enumerated() {
            var bucket = Int(entry.hash) & (buckets.count - 1)
            while buckets[bucket] != 0 { bucket = (bucket + 1) & (buckets.count - 1) }
            buckets[bucket] = UInt32(index + 1)
        }
    }

    /// Names that C does not allow are the same if what is made of them is.
    private static func areEqual(
        _ left: NamePlace, _ right: NamePlace, _ source: some TypeSource
    ) -> Bool {
        if left == right { return true }
        if left.count == right.count,
            zip(left, right).allSatisfy({ source.stringByte($0) == source.stringByte($1) })
        {
            return true
        }
        let (first, second) = (mended(left, source), mended(right, source))
        return first == second
    }

    private static func mended(
        _ name: NamePlace, _ source: some TypeSource
    ) -> [UInt8] {
        var text = CText()
        text.append(identifier: name, in: source)
        return text.bytes
    }

    /// FNV-1a, 32 bits, of what C makes of a name; almost always that is the name.
    private static func hash(_ name: NamePlace, _ source: some TypeSource) -> UInt32 {
        var hash: UInt32 = 0x811c_9dc5
        var (isAllowed, packed) = (true, UInt64(0))
        for place in name {
            let byte = source.stringByte(place)
            isAllowed = isAllowed && CIdentifier.isAllowed(byte)
            packed = packed << 8 | UInt64(byte)
            hash = (hash ^ UInt32(byte)) &* 0x0100_0193
        }
        if isAllowed, let first = name.first {
            let first = source.stringByte(first)
            let isShort = name.count <= 8
            let mayBeReserved = isShort ? CIdentifier.isKeyword(packed) : first == 0x5f
            if !CIdentifier.isDigit(first), !mayBeReserved { return hash }
        }
        return mended(name, source).reduce(0x811c_9dc5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
}
