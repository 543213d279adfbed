import EBPFObjectFile
import EBPFTypeFormat

/// Where the fields of the kernel's objects are, for native programs and compiled ones.
extension WorldState {
    /// The bytes of an object; `nil` in the kernel, which has its own.
    func layout(of object: KernelObject) -> [UInt8]? {
        if case .kernel = form {
            reports.add("the kernel's objects are its own: a test cannot set them there")
            return nil
        }
        var bytes: [UInt8] = []
        for (path, value) in object.fields {
            guard let offset = offset(of: path, byteCount: value.count) else {
                reports.add("the program does not read \(path)")
                continue
            }
            let end = offset + value.count
            if bytes.count < end { bytes += Array(repeating: 0, count: end - bytes.count) }
            bytes.replaceSubrange(offset..<end, with: value)
        }
        // Fields that the test does not set are zero.
        return bytes + Array(repeating: 0, count: max(0, Self.objectSize - bytes.count))
    }

    /// Fields of more bytes together are not set.
    private static let objectSize = 0x2000

    private func offset(of path: String, byteCount: Int) -> Int? {
        if isNative { return native.fields.offset(of: path, byteCount: byteCount) }
        // The machine runs programs with the layout that their own types have.
        guard let types = specs?.types else { return nil }
        let parts = path.split(separator: ".").map(String.init)
        guard let name = parts.first else { return nil }
        for id in types.types(named: name) {
            if let offset = Self.offset(of: parts.dropFirst(), in: id, types) { return offset / 8 }
        }
        return nil
    }

    /// In bits.
    private static func offset(
        of path: ArraySlice<String>, in id: TypeID, _ types: BTF, depth: Int = 0
    ) -> Int? {
        guard let name = path.first else { return 0 }
        guard depth < 16, let type = try? types.type(id) else { return nil }
        let members: [CompositeType.Member]
        switch type {
        case .structure(let composite), .union(let composite): members = composite.members
        case .alias(_, let target): return offset(of: path, in: target, types, depth: depth + 1)
        default: return nil
        }
        for member in members {
            let rest = member.name == name ? path.dropFirst() : member.name.isEmpty ? path : nil
            guard let rest,
                let inner = offset(of: rest, in: member.type, types, depth: depth + 1)
            else { continue }
            return member.bitOffset + inner
        }
        return nil
    }
}
