import EBPFBytecode

/// The addresses of the kernel's symbols (`/proc/kallsyms`).
///
/// The file has some hundred thousand lines and is made while it is read: all names are looked
/// for at once, and only when one is needed.
enum KernelSymbols {
    static let path = "/proc/kallsyms"

    /// The addresses of the symbols with some names, each once.
    ///
    /// - Throws: ``KernelError`` if the file cannot be read.
    static func addresses(
        of names: some Sequence<String>, _ system: SystemCalls
    ) throws(KernelError) -> [String: [UInt64]] {
        var wanted: [ArraySlice<UInt8>: String] = [:]
        for name in names { wanted[Array(name.utf8)[...]] = name }
        var found: [String: [UInt64]] = [:]
        try visit(system) { address, name in
            guard let name = wanted[name], found[name]?.contains(address) != true else { return }
            found[name, default: []].append(address)
        }
        return found
    }

    /// All names.
    ///
    /// - Throws: ``KernelError`` if the file cannot be read.
    static func names(_ system: SystemCalls) throws(KernelError) -> [String] {
        var names: [String] = []
        try visit(system) { names.append(String(decoding: $1, as: UTF8.self)) }
        return names
    }

    /// Visits the lines: an address in hexadecimal, a letter, the name, and perhaps a module.
    private static func visit(
        _ system: SystemCalls, _ body: (UInt64, ArraySlice<UInt8>) -> Void
    ) throws(KernelError) {
        let bytes = try attempting("reading \(path)") { () throws(KernelErrno) in
            try system.contents(of: path)
        }
        let (newline, space, tab): (UInt8, UInt8, UInt8) = (0x0a, 0x20, 0x09)
        var rest = bytes[...]
        while let end = rest.firstIndex(of: newline) {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            guard let first = line.firstIndex(of: space), line.endIndex > first + 3,
                let address = address(line[..<first])
            else { continue }
            let name = line[(first + 3)...]
            body(address, name[..<(name.firstIndex(of: tab) ?? name.endIndex)])
        }
    }

    private static func address(_ digits: ArraySlice<UInt8>) -> UInt64? {
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
