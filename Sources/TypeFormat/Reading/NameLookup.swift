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
        // Backwards, so that each chain is in the order of the types.
        for index in storage.offsets.indices.reversed() {
            let nameOffset = storage.bytes.word(at: Int(storage.offsets[index]))
            guard nameOffset != 0, let name = storage.string(at: nameOffset) else { continue }
            let bucket = Self.hash(name) & (size - 1)
            next[index] = heads[bucket]
            heads[bucket] = UInt32(index + 1)
        }
    }

    /// Visits the indices of the types that may have a name, until `body` returns false.
    func candidates(for name: [UInt8], _ body: (Int) -> Bool) {
        var link = heads[Self.hash(name[...]) & (heads.count - 1)]
        while link != 0 {
            let index = Int(link) - 1
            guard body(index) else { return }
            link = next[index]
        }
    }

    /// FNV-1a, 32 bits.
    private static func hash(_ name: ArraySlice<UInt8>) -> Int {
        var hash: UInt32 = 0x811c_9dc5
        for byte in name { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return Int(hash)
    }
}

extension BTFStorage {
    /// How many scans are cheaper than an index.
    private static let scansBeforeIndex = 12

    /// Visits the types stored here that have a name, in order, until `body` returns false.
    ///
    /// The first few times the types are scanned and the bytes of their names compared; then an
    /// index is made.
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
        func judge(_ index: Int) -> Bool {
            if matches(index, name, kind) {
                wantsMore = body(TypeID(UInt32(firstID + index)))
            }
            return wantsMore
        }
        if let index {
            index.candidates(for: name, judge)
        } else {
            for index in offsets.indices where !judge(index) { break }
        }
        return wantsMore
    }

    /// Whether the type at an index has a name, and is of a kind.
    @inline(__always)
    private func matches(_ index: Int, _ name: [UInt8], _ kind: TypeKind?) -> Bool {
        let offset = Int(offsets[index])
        if let kind {
            let info = bytes.word(at: offset + 4)
            guard UInt8(truncatingIfNeeded: info >> 24) & 0x1f == kind.rawValue
            else { return false }
        }
        return hasString(name, at: Int(bytes.word(at: offset)))
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
