import Synchronization

/// What look-ups by name leave behind.
struct BTFCaches {
    /// How often the types were scanned for a name.
    var scanCount = 0
    /// Made once the same types have been scanned a few times.
    var names: NameIndex?
    /// The declaration tags stored here, by the type they are on.
    var tags: [TypeID: [TypeID]]?
}

/// The types of one storage by a hash of their names, in two flat arrays.
struct NameIndex {
    /// The index of the first type in each bucket, plus 1; 0 if there is none.
    private var heads: [UInt32]
    /// For each type, the next one in the same bucket, likewise.
    private var next: [UInt32]

    init(_ storage: BTFStorage) {
        var size = 16
        while size < storage.offsets.count { size *= 2 }
        heads = Array(repeating: 0, count: size)
        next = Array(repeating: 0, count: storage.offsets.count)
        var last = heads
        storage.offsets.visit { index, offset in
            let nameOffset = storage.bytes.word(at: offset)
            guard nameOffset != 0, let (bytes, range) = storage.string(at: nameOffset)
            else { return true }
            let bucket = Self.hash(bytes, range) & (size - 1)
            let link = UInt32(index + 1)
            // Behind the last, so that each chain is in the order of the types.
            if last[bucket] == 0 {
                heads[bucket] = link
            } else {
                next[Int(last[bucket]) - 1] = link
            }
            last[bucket] = link
            return true
        }
    }

    /// Visits the indices of the types that may have a name, until `body` returns false.
    func candidates(for name: [UInt8], _ body: (Int) -> Bool) {
        var link = heads[Self.hash(TypeBytes(name), 0..<name.count) & (heads.count - 1)]
        while link != 0 {
            let index = Int(link) - 1
            guard body(index) else { return }
            link = next[index]
        }
    }

    /// FNV-1a, 32 bits.
    private static func hash(_ bytes: TypeBytes, _ range: Range<Int>) -> Int {
        var hash: UInt32 = 0x811c_9dc5
        for index in range { hash = (hash ^ UInt32(bytes[index])) &* 0x0100_0193 }
        return Int(hash)
    }
}

extension BTFStorage {
    /// How many scans are cheaper than an index.
    private static let scansBeforeIndex = 12

    /// Visits the types stored here that have a name, in order, until `body` returns false.
    ///
    /// The first few times the strings are searched for the name and the types for its place;
    /// then an index is made.
    ///
    /// - Returns: whether `body` wants to see more.
    func visit(named name: [UInt8], kind: TypeKind?, _ body: (TypeID) -> Bool) -> Bool {
        let index = caches.withLock { caches -> NameIndex? in
            caches.scanCount += 1
            if caches.names == nil, caches.scanCount > Self.scansBeforeIndex {
                caches.names = NameIndex(self)
            }
            return caches.names
        }
        var wantsMore = true
        if let index {
            index.candidates(for: name) { index in
                let offset = offsets.offset(of: index)
                guard isKind(kind, at: offset), hasString(name, at: Int(bytes.word(at: offset)))
                else { return true }
                wantsMore = body(TypeID(UInt32(firstID + index)))
                return wantsMore
            }
            return wantsMore
        }
        let places = search(for: name)
        guard !places.offsets.isEmpty else { return true }
        offsets.visit { index, offset in
            guard places.contains(bytes.word(at: offset)), isKind(kind, at: offset)
            else { return true }
            wantsMore = body(TypeID(UInt32(firstID + index)))
            return wantsMore
        }
        return wantsMore
    }

    private func search(for name: [UInt8]) -> StringSearch {
        var places = StringSearch(name, in: self)
        if let base { places.prepend(base.search(for: name)) }
        return places
    }

    @inline(__always)
    private func isKind(_ kind: TypeKind?, at offset: Int) -> Bool {
        guard let kind else { return true }
        return TypeRecord.kindNumber(info: bytes.word(at: offset + 4)) == kind.rawValue
    }

    /// Whether the string at an offset is `name`.
    @inline(__always)
    func hasString(_ name: [UInt8], at offset: Int) -> Bool {
        guard offset >= firstStringOffset
        else { return base?.hasString(name, at: offset) ?? false }
        let start = strings.lowerBound + offset - firstStringOffset
        guard start + name.count < strings.upperBound, bytes[start + name.count] == 0
        else { return false }
        for index in name.indices where bytes[start + index] != name[index] { return false }
        return true
    }
}
