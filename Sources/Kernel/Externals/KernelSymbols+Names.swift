extension KernelSymbols {
    /// The addresses of the symbols with some names, of the kernel and of its modules, each once.
    ///
    /// All are looked for at once: there are some hundred thousand lines.
    func addresses(of names: some Sequence<String>) -> [String: [UInt64]] {
        var wanted: [ArraySlice<UInt8>: String] = [:]
        for name in names { wanted[Array(name.utf8)[...]] = name }
        var found: [String: [UInt64]] = [:]
        visit { address, name in
            guard let name = wanted[name], found[name]?.contains(address) != true else { return }
            found[name, default: []].append(address)
        }
        return found
    }

    /// All names.
    var names: [String] {
        var names: [String] = []
        visit { names.append(String(decoding: $1, as: UTF8.self)) }
        return names
    }

    /// Visits the lines: an address in hexadecimal, a letter, the name, and perhaps a module.
    private func visit(_ body: (UInt64, ArraySlice<UInt8>) -> Void) {
        let (newline, space, tab): (UInt8, UInt8, UInt8) = (0x0a, 0x20, 0x09)
        var rest = text[...]
        while let end = rest.firstIndex(of: newline) {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            guard let first = line.firstIndex(of: space), line.endIndex > first + 3,
                let address = Self.number(line[..<first])
            else { continue }
            let name = line[(first + 3)...]
            body(address, name[..<(name.firstIndex(of: tab) ?? name.endIndex)])
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard digits.count <= 16, !digits.isEmpty else { return nil }
        var address: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                address = address << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                address = address << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return address
    }
}
