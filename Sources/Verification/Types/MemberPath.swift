import EBPFTypeFormat

extension BTF {
    /// The bytes that a member takes, `inet_conn.icsk_ack.pending`, from the start of a struct;
    /// members of anonymous structs are those of the struct around them.
    ///
    /// - Returns: `nil` if there is no such member, or it is a bit-field.
    func bytes(of path: String, in structure: TypeID) -> Range<Int>? {
        var current = structure
        var range: Range<Int>?
        for name in path.split(separator: ".") {
            guard let found = member(Array(name.utf8), in: current, depth: 0) else { return nil }
            let start = range?.lowerBound ?? 0
            // Longer members are no part of any structure.
            guard let size = try? size(of: found.type), size <= UInt32.max else { return nil }
            let place = start + found.offset
            (current, range) = (found.type, place..<place + size)
        }
        return range
    }

    private func member(
        _ name: [UInt8], in structure: TypeID, depth: Int
    ) -> (type: TypeID, offset: Int)? {
        guard depth < 16, let resolved = try? resolve(structure), let members = parts(of: resolved),
            !members.areEnumerators
        else { return nil }
        for index in 0..<members.count {
            guard let type = try? members.type(at: index) else { return nil }
            let offset = members.bitOffset(at: index) / 8
            if members.has(name, at: index) {
                return members.bitFieldSize(at: index) == nil ? (type, offset) : nil
            }
            if members.isAnonymous(at: index),
                let found = member(name, in: type, depth: depth + 1)
            {
                return (found.type, offset + found.offset)
            }
        }
        return nil
    }
}
