import EBPFBytecode

/// A format of `bpf_trace_printk` and its relatives, checked and cut into pieces.
///
/// These helpers know less than `printf(3)`: no precision, no `#`, no `%o`; but pointers have forms
/// of their own (`%pI4`, `%pS`, `%pks` …). What the kernel refuses is refused here with its number.
struct FormatString: Hashable, Sendable {
    /// Text and directives in the order of the format.
    enum Piece: Hashable, Sendable {
        case text([UInt8])
        case directive(Directive)
    }

    /// One conversion: how to pad, and what to show.
    struct Directive: Hashable, Sendable {
        var padding = Padding()
        var conversion: Conversion
    }

    /// The flags and the width before a conversion.
    struct Padding: Hashable, Sendable {
        /// To the left (`-`), with zeros (`0`), with a plus sign (`+`), with a blank for it (` `).
        var isLeft = false
        var hasZeros = false
        var hasPlus = false
        var hasBlank = false
        /// The least number of characters; 0 if the format gives none.
        var width = 0
    }

    /// What an argument is.
    enum Conversion: Hashable, Sendable {
        /// `%d`, `%ld` …: the number of bytes is 4 or 8.
        case decimal(isSigned: Bool, byteCount: Int)
        /// `%x`, `%lX` ….
        case hexadecimal(isUppercase: Bool, byteCount: Int)
        /// `%c`.
        case character
        /// `%s`, `%pks`, `%pus`: the address of a string; only the first honours the width.
        case string(isPadded: Bool)
        /// `%p`, `%px`, `%pK`: the address itself.
        case address
        /// `%ps` and `%pS`: a function, without or with the distance from its beginning.
        case symbol(hasOffset: Bool)
        /// `%pB`: the function that a return address lies in.
        case returnAddress
        /// `%pI4`, `%pi4`: the address of an IPv4 address; compact means without leading zeros.
        case ipv4(isCompact: Bool)
        /// `%pI6`, `%pi6`: the address of an IPv6 address, with or without colons.
        case ipv6(hasColons: Bool)
    }

    private(set) var pieces: [Piece] = []
    /// How many arguments it takes.
    private(set) var directiveCount = 0

    /// Reads a format without its zero byte.
    ///
    /// - Throws: EINVAL for whatever the kernel does not know, for characters outside of ASCII, and
    ///   where there are fewer arguments than directives.
    init(_ bytes: [UInt8], argumentCount: Int) throws(KernelErrno) {
        guard bytes.allSatisfy({ $0.isPrintable || $0.isBlank }) else { throw .invalidArgument }
        var reader = FormatReader(bytes)
        var text: [UInt8] = []
        while let byte = reader.next() {
            guard byte == UInt8(ascii: "%") else {
                text.append(byte)
                continue
            }
            if reader.skip(UInt8(ascii: "%")) {
                text.append(byte)
                continue
            }
            guard directiveCount < argumentCount else { throw .invalidArgument }
            directiveCount += 1
            if !text.isEmpty { pieces.append(.text(text)) }
            text = []
            pieces.append(.directive(try reader.directive()))
        }
        if !text.isEmpty { pieces.append(.text(text)) }
    }
}

/// Walks over the bytes of a format.
private struct FormatReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The byte some places ahead; 0 at the end, as in C.
    private func peek(_ ahead: Int = 0) -> UInt8 {
        position + ahead < bytes.count ? bytes[position + ahead] : 0
    }

    mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte, position < bytes.count else { return false }
        position += 1
        return true
    }

    /// What follows a per cent sign.
    mutating func directive() throws(KernelErrno) -> FormatString.Directive {
        let padding = self.padding()
        let conversion: FormatString.Conversion
        switch peek() {
        case UInt8(ascii: "p"): conversion = try pointer()
        case UInt8(ascii: "s"):
            position += 1
            guard peek().endsWord else { throw .invalidArgument }
            conversion = .string(isPadded: true)
        case UInt8(ascii: "c"):
            position += 1
            conversion = .character
        default: conversion = try number()
        }
        return FormatString.Directive(padding: padding, conversion: conversion)
    }

    private mutating func padding() -> FormatString.Padding {
        var padding = FormatString.Padding()
        while true {
            switch peek() {
            case UInt8(ascii: "0"): padding.hasZeros = true
            case UInt8(ascii: "+"): padding.hasPlus = true
            case UInt8(ascii: "-"): padding.isLeft = true
            case UInt8(ascii: " "): padding.hasBlank = true
            default:
                while peek().isDigit {
                    // No output is longer than a kilobyte, so neither need a width be.
                    padding.width = min(padding.width * 10 + Int(peek() - UInt8(ascii: "0")), 4096)
                    position += 1
                }
                return padding
            }
            position += 1
        }
    }

    private mutating func number() throws(KernelErrno) -> FormatString.Conversion {
        var byteCount = 4
        for _ in 0..<2 where skip(UInt8(ascii: "l")) { byteCount = 8 }
        switch next() {
        case UInt8(ascii: "d"), UInt8(ascii: "i"):
            return .decimal(isSigned: true, byteCount: byteCount)
        case UInt8(ascii: "u"): return .decimal(isSigned: false, byteCount: byteCount)
        case UInt8(ascii: "x"): return .hexadecimal(isUppercase: false, byteCount: byteCount)
        case UInt8(ascii: "X"): return .hexadecimal(isUppercase: true, byteCount: byteCount)
        default: throw .invalidArgument
        }
    }

    /// Letters and digits right behind a pointer's form belong to it, and mean nothing.
    private mutating func pointer() throws(KernelErrno) -> FormatString.Conversion {
        position += 1
        let conversion = try pointerForm()
        while peek().isAlphanumeric { position += 1 }
        return conversion
    }

    private mutating func pointerForm() throws(KernelErrno) -> FormatString.Conversion {
        let form = peek()
        if form.endsWord { return .address }
        let second = peek(1)
        switch form {
        case UInt8(ascii: "k") where second == UInt8(ascii: "s"),
            UInt8(ascii: "u") where second == UInt8(ascii: "s"):
            position += 2
            guard peek().endsWord else { throw .invalidArgument }
            return .string(isPadded: false)
        case UInt8(ascii: "K"), UInt8(ascii: "x"): return .address
        case UInt8(ascii: "s"): return .symbol(hasOffset: false)
        case UInt8(ascii: "S"): return .symbol(hasOffset: true)
        case UInt8(ascii: "B"): return .returnAddress
        case UInt8(ascii: "i"), UInt8(ascii: "I"):
            let isUppercase = form == UInt8(ascii: "I")
            switch second {
            case UInt8(ascii: "4"): return .ipv4(isCompact: isUppercase)
            case UInt8(ascii: "6"): return .ipv6(hasColons: isUppercase)
            default: throw .invalidArgument
            }
        default: throw .invalidArgument
        }
    }
}

/// C's classes of ASCII characters.
extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLetter: Bool { (0x41...0x5a).contains(self & 0xdf) }
    var isAlphanumeric: Bool { isDigit || isLetter }
    var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
    var isPrintable: Bool { (0x20...0x7e).contains(self) }
    var isPunctuation: Bool { isPrintable && self != 0x20 && !isAlphanumeric }
    /// Whether a word of a format ends before this byte.
    fileprivate var endsWord: Bool { self == 0 || isBlank || isPunctuation }
}
