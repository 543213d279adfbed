import EBPFBytecode

/// Strings to numbers, and comparing strings.
enum StringHelpers {
    static func install(in table: inout HelperTable) {
        table[.strncmp] = compare
        table[.strtol] = parseSigned
        table[.strtoul] = parseUnsigned
    }

    /// `long bpf_strncmp(s1, s1_sz, s2)`
    private static func compare(_ call: HelperCall) throws(Fault) -> UInt64 {
        let first = try unsafe call.readableBytes(.first, size: .second)
        for unsafe(index, byte) in unsafe first.enumerated() {
            guard let other = call.machine.memory.byte(at: call.third &+ UInt64(index))
            else { throw .badArgument(3, .string) }
            if byte != other { return byte < other ? .max : 1 }
            if byte == 0 { break }
        }
        return 0
    }

    /// `long bpf_strtol(buf, buf_len, flags, res)`
    private static func parseSigned(_ call: HelperCall) throws(Fault) -> UInt64 {
        try parse(call) { (number) throws(KernelErrno) in
            let limit = UInt64(Int64.max) + (number.isNegative ? 1 : 0)
            guard number.magnitude <= limit else { throw .outOfRange }
            return number.isNegative ? 0 &- number.magnitude : number.magnitude
        }
    }

    /// `long bpf_strtoul(buf, buf_len, flags, res)`
    private static func parseUnsigned(_ call: HelperCall) throws(Fault) -> UInt64 {
        try parse(call) { (number) throws(KernelErrno) in
            guard !number.isNegative else { throw .invalidArgument }
            return number.magnitude
        }
    }

    /// Returns how many bytes were read; what they say goes to `res`, 0 if they say nothing.
    private static func parse(
        _ call: HelperCall,
        _ value: (ParsedNumber) throws(KernelErrno) -> UInt64
    ) throws(Fault) -> UInt64 {
        let text = try unsafe call.readableBytes(.first, size: .second)
        let result = try unsafe call.writable(.fourth, size: 8)
        unsafe result.storeBytes(of: 0, as: UInt64.self)
        do throws(KernelErrno) {
            let number = try unsafe ParsedNumber(text, flags: call.third)
            unsafe result.storeBytes(of: try value(number), as: UInt64.self)
            return UInt64(number.byteCount)
        } catch {
            return error.helperResult
        }
    }
}

/// A number at the beginning of a text, with blanks and a sign before it.
private struct ParsedNumber {
    /// How many bytes of the text it takes.
    let byteCount: Int
    let isNegative: Bool
    let magnitude: UInt64

    /// How much of a text after the sign is looked at.
    private static let digitLimit = 63

    /// - Parameter flags: the base: 8, 10, 16, or 0 to tell it by a prefix.
    init(_ text: UnsafeRawBufferPointer, flags: UInt64) throws(KernelErrno) {
        guard [0, 8, 10, 16].contains(flags), text.count > 0 else { throw .invalidArgument }
        let bytes = unsafe [UInt8](text)
        var position = bytes.firstIndex { !$0.isBlank } ?? bytes.count
        isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        guard position < bytes.count else { throw .invalidArgument }
        let end = min(bytes.count, position + Self.digitLimit)
        let base = Self.skipPrefix(bytes[..<end], &position, base: flags)
        var value: UInt64 = 0
        var overflowed = false
        let start = position
        while position < end, let digit = bytes[position].digitValue, digit < base {
            let (product, first) = value.multipliedReportingOverflow(by: base)
            let (sum, second) = product.addingReportingOverflow(digit)
            overflowed = overflowed || first || second
            value = sum
            position += 1
        }
        guard !overflowed else { throw .outOfRange }
        guard position > start else { throw .invalidArgument }
        magnitude = value
        byteCount = position
    }

    private static func skipPrefix(
        _ text: ArraySlice<UInt8>,
        _ position: inout Int,
        base: UInt64
    ) -> UInt64 {
        func byte(_ ahead: Int) -> UInt8 {
            position + ahead < text.endIndex ? text[position + ahead] : 0
        }
        let hasX = byte(0) == UInt8(ascii: "0") && byte(1) | 0x20 == UInt8(ascii: "x")
        var base = base
        if base == 0 {
            let isHexadecimal = hasX && (byte(2).digitValue ?? 16) < 16
            base = isHexadecimal ? 16 : byte(0) == UInt8(ascii: "0") ? 8 : 10
        }
        if base == 16, hasX { position += 2 }
        return base
    }
}

extension UInt8 {
    /// The value of a digit in bases up to 16; 16 and more for other letters.
    fileprivate var digitValue: UInt64? {
        if isDigit { return UInt64(self - UInt8(ascii: "0")) }
        guard isLetter else { return nil }
        return UInt64((self | 0x20) - UInt8(ascii: "a")) + 10
    }
}
