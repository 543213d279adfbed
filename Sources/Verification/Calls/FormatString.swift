import EBPFObjectFile

/// A format of `bpf_snprintf()`, which a kernel reads before the program runs.
///
/// Observed on Linux 6.18: `%` with the flags `0`, `+`, `-` and space, a width, and then `d i u x X`
/// (also of `l` and `ll`), `c`, `s` or a pointer. Precision, `#` and floating point do not exist.
/// Strings and bare pointers end with their specifier: no letter or digit may follow.
struct FormatString {
    /// What is wrong with it, and what is there; `nil` if nothing is.
    private(set) var fault: String?
    /// How many arguments it needs.
    private(set) var argumentCount = 0

    /// Reads a format, without the zero that ends it.
    init(_ text: ArraySlice<UInt8>) {
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                guard Self.isText(byte) else {
                    fault = "a control character is in the format"
                    return
                }
                continue
            }
            if rest.first == UInt8(ascii: "%") {
                rest.removeFirst()
                continue
            }
            let start = rest
            guard Self.skipSpecifier(&rest) else {
                let shown = start.prefix(while: { $0 >= 0x20 && $0 < 0x7f }).prefix(6)
                fault = "\"%\(String(decoding: shown, as: UTF8.self))\" is no format that it knows"
                return
            }
            argumentCount += 1
        }
    }

    /// Printable, white space, or a part of a character beyond ASCII.
    private static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7f || (0x09...0x0d).contains(byte)
    }

    private static func skipSpecifier(_ rest: inout ArraySlice<UInt8>) -> Bool {
        while let byte = rest.first, "0+- ".utf8.contains(byte) { rest.removeFirst() }
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            rest.removeFirst()
        }
        switch rest.popFirst() {
        case UInt8(ascii: "p"): return skipPointer(&rest)
        case UInt8(ascii: "s"): return isEnd(rest.first)
        case UInt8(ascii: "c"): return true
        case UInt8(ascii: "l"):
            if rest.first == UInt8(ascii: "l") { rest.removeFirst() }
            return rest.popFirst().map("diuxX".utf8.contains) ?? false
        case let byte?: return "diuxX".utf8.contains(byte)
        case nil: return false
        }
    }

    /// What follows `%p`: nothing, or how to show what it points to.
    private static func skipPointer(_ rest: inout ArraySlice<UInt8>) -> Bool {
        if isEnd(rest.first) { return true }
        switch rest.popFirst() {
        case UInt8(ascii: "x"), UInt8(ascii: "K"), UInt8(ascii: "B"), UInt8(ascii: "s"),
            UInt8(ascii: "S"):
            return true
        case UInt8(ascii: "k"), UInt8(ascii: "u"):
            // A string of the kernel, or of a process.
            return rest.popFirst() == UInt8(ascii: "s") && isEnd(rest.first)
        case UInt8(ascii: "i"), UInt8(ascii: "I"):
            let version = rest.popFirst()
            return version == UInt8(ascii: "4") || version == UInt8(ascii: "6")
        default: return false
        }
    }

    /// Whether a specifier may end before a byte: the end, white space or punctuation.
    private static func isEnd(_ byte: UInt8?) -> Bool {
        guard let byte else { return true }
        guard byte < 0x7f, isText(byte) else { return false }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            return false
        default: return true
        }
    }
}

extension Walk {
    /// The format must be one, and there must be arguments for it.
    func checkFormat() throws(Fault) {
        let (place, length) = (state[3], state[5].number)
        guard place.kind == .mapValue,
            let contents = subject.maps[Int(place.detail)].constantContents
        else { return }
        let start = Int(place.offset) &+ Int(truncatingIfNeeded: place.number.bits.value)
        guard contents.indices.contains(start) else { return }
        // Linux takes what is known of the length for the length.
        let bytes = length.bits.value
        guard bytes % 8 == 0 else {
            throw Fault(
                .constantArgument, "\(bytes) bytes of arguments are not a number of 8-byte values",
                suggestion: "make data an array of unsigned long long, and data_len its size")
        }
        let format = FormatString(contents[start...].prefix { $0 != 0 })
        if let fault = format.fault {
            throw Fault(
                .constantArgument, "bpf_snprintf() cannot use the format: \(fault)",
                suggestion: "use %d, %u, %x with l or ll, %c, %s, or %p and its kinds")
        }
        guard format.argumentCount <= bytes / 8 else {
            throw Fault(
                .constantArgument,
                "the format needs \(format.argumentCount) arguments, and there are \(bytes / 8)",
                suggestion: "give a value for each %, and data_len for all of them")
        }
    }
}
