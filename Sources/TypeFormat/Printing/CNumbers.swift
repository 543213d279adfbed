/// How C spells numbers and their types on a BPF machine.
enum CSpelling {
    /// The C type of an integer with this size.
    static func integer(size: Int, isSigned: Bool) -> StaticString {
        switch size {
        case 1: isSigned ? "signed char" : "unsigned char"
        case 2: isSigned ? "short" : "unsigned short"
        case 8: isSigned ? "long long" : "unsigned long long"
        case 16: isSigned ? "__int128" : "unsigned __int128"
        default: isSigned ? "int" : "unsigned int"
        }
    }

    /// The attribute that gives an enumeration its size, if it is not that of `int`.
    static func sizeAttribute(_ size: Int) -> StaticString {
        switch size {
        case 1: " __attribute__((mode(byte)))"
        case 2: " __attribute__((mode(HI)))"
        case 8: " __attribute__((mode(DI)))"
        default: ""
        }
    }

    /// The size of a C integer, or `nil` if the name is not one.
    static func size(of name: some Collection<UInt8>) -> Int? {
        var size: Int?
        var isEmpty = true
        for word in name.split(separator: UInt8(ascii: " ")) {
            isEmpty = false
            guard let own = Self.size(ofWord: word) else { return nil }
            guard own > 0 else { continue }
            // `int` adds nothing to `long int` and `short int`.
            if size == nil || size == 4 { size = own }
        }
        return size ?? (isEmpty ? nil : 4)
    }

    /// The size that a word stands for; 0 for those that say nothing about it.
    private static func size(ofWord word: some Collection<UInt8>) -> Int? {
        for (text, size) in words where word.elementsEqual(text.utf8) { return size }
        return nil
    }

    private static let words: [(String, Int)] = [
        ("unsigned", 0), ("int", 4), ("long", 8), ("char", 1), ("short", 2), ("signed", 0),
        ("_Bool", 1), ("__int128", 16),
    ]
}

extension TypeSource {
    /// The C type of an integer.
    ///
    /// The own name is kept if it says the same on a BPF machine: `long` has 8 bytes, which it had
    /// not on a 32-bit kernel, and the names of other languages mean nothing.
    func integerSpelling(of id: TypeID) throws(BTFError) -> [UInt8] {
        let name = try name(of: id).map(stringByte)
        let size = Int(word(2, of: id))
        if CSpelling.size(of: name) == size { return name }
        let encoding = IntegerType.Encoding(
            rawValue: UInt8(truncatingIfNeeded: word(3, of: id) >> 24) & 0xf)
        if encoding.contains(.boolean), size == 1 { return Array("_Bool".utf8) }
        let spelling = CSpelling.integer(size: size, isSigned: encoding.contains(.signed))
        return Array("\(spelling)".utf8)
    }

    /// The C type of an integer with the size and sign of an enumeration.
    func integer(like id: TypeID) -> StaticString {
        CSpelling.integer(size: Int(word(2, of: id)), isSigned: hasFlag(id))
    }

    /// Writes the value of an enumerator as a C constant.
    func writeValue(of index: Int, in id: TypeID, to text: inout CText) {
        let is64Bit = kind(of: id) == .enumeration64
        let stride = is64Bit ? 3 : 2
        let low = word(4 + stride * index, of: id)
        let high = is64Bit ? word(5 + stride * index, of: id) : 0
        let bits = UInt64(high) << 32 | UInt64(low)
        if hasFlag(id) {
            let value = is64Bit ? Int64(bitPattern: bits) : Int64(Int32(bitPattern: low))
            if value == .min { return text.append("-9223372036854775807LL - 1") }
            text.append(value)
            if is64Bit { text.append("LL") }
        } else {
            text.append(bits)
            if is64Bit {
                text.append("ULL")
            } else if bits > UInt64(Int32.max) {
                text.append("U")
            }
        }
    }
}
