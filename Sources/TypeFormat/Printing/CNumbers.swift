extension IntegerType {
    /// The C type with this size on a BPF machine.
    ///
    /// The own name is kept if it says the same there: `long` has 8 bytes, which it had not on a
    /// 32-bit kernel, and the names of other languages mean nothing.
    var cSpelling: String {
        if let known = Self.size(ofSpelling: name), known == size { return name }
        if encoding.contains(.boolean), size == 1 { return "_Bool" }
        let isSigned = encoding.contains(.signed)
        switch size {
        case 1: return isSigned ? "signed char" : "unsigned char"
        case 2: return isSigned ? "short" : "unsigned short"
        case 8: return isSigned ? "long long" : "unsigned long long"
        case 16: return isSigned ? "__int128" : "unsigned __int128"
        default: return isSigned ? "int" : "unsigned int"
        }
    }

    /// The size of a C integer on a BPF machine, or `nil` if the name is not one.
    private static func size(ofSpelling name: String) -> Int? {
        let words = name.split(separator: " ")
        let sizes = ["_Bool": 1, "char": 1, "short": 2, "int": 4, "long": 8, "__int128": 16]
        var size: Int?
        for word in words {
            if word == "unsigned" || word == "signed" { continue }
            guard let own = sizes[String(word)] else { return nil }
            // `int` adds nothing to `long int` and `short int`.
            if size == nil || size == 4 { size = own }
        }
        return size ?? (words.isEmpty ? nil : 4)
    }
}

extension EnumerationType {
    /// The attribute that gives the enumeration its size, if it is not that of `int`.
    var cSizeAttribute: String {
        switch size {
        case 1: " __attribute__((mode(byte)))"
        case 2: " __attribute__((mode(HI)))"
        case 8: " __attribute__((mode(DI)))"
        default: ""
        }
    }

    /// The value of an enumerator as a C constant.
    func cValue(_ value: Int64) -> String {
        if isSigned {
            if value == .min { return "-9223372036854775807LL - 1" }
            return is64Bit ? "\(value)LL" : "\(value)"
        }
        let value = UInt64(bitPattern: value)
        if is64Bit { return "\(value)ULL" }
        return value > UInt64(Int32.max) ? "\(value)U" : "\(value)"
    }

    /// The integer with the same size.
    var cInteger: String {
        IntegerType(name: "", size: size, encoding: isSigned ? .signed : []).cSpelling
    }
}
