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

extension BTFStorage {
    /// How many scans are cheaper than an index.
    private static let scansBeforeIndex = 3

    /// The index of names, which is made now if it is not there yet.
    func nameIndex() -> NameIndex {
        caches.withLock { caches in
            if let names = caches.names { return names }
            let names = NameIndex(self)
            caches.names = names
            return names
        }
    }

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
            for index in index.candidates(for: name) {
                let offset = offsets.offset(of: index)
                guard isKind(kind, at: offset), hasString(name, at: Int(bytes.word(at: offset)))
                else { continue }
                wantsMore = body(TypeID(UInt32(firstID + index)))
                if !wantsMore { break }
            }
            return wantsMore
        }
        if let kind, kind != .function {
            // There are few types of a kind: comparing their names is quicker than searching the
            // strings first.
            offsets.visit { index, offset in
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
