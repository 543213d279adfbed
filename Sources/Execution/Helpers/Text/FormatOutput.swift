import EBPFBytecode

/// Fills a format in: reads what arguments point to, and writes text.
struct FormatOutput {
    /// What the kernel keeps of the arguments, strings included, before it writes
    /// (`MAX_BPRINTF_BIN_ARGS`); more is ENOSPC, and a longer string is cut.
    private static let argumentCapacity = 512

    private let machine: Machine
    private(set) var bytes: [UInt8] = []
    private var argumentBytes = 0

    init(machine: Machine) { self.machine = machine }

    /// The text of a format with its arguments.
    ///
    /// - Throws: EINVAL for a format that is refused, ENOSPC for too many bytes of arguments.
    static func text(
        _ format: [UInt8],
        _ arguments: [UInt64],
        on machine: Machine
    ) throws(KernelErrno) -> [UInt8] {
        let format = try FormatString(format, argumentCount: arguments.count)
        var output = FormatOutput(machine: machine)
        var rest = arguments[...]
        for piece in format.pieces {
            switch piece {
            case .text(let text): output.bytes += text
            case .directive(let directive): try output.write(directive, rest.popFirst() ?? 0)
            }
        }
        return output.bytes
    }

    private mutating func write(
        _ directive: FormatString.Directive,
        _ argument: UInt64
    ) throws(KernelErrno) {
        let padding = directive.padding
        switch directive.conversion {
        case .decimal(let isSigned, let byteCount):
            try take(byteCount, alignment: byteCount)
            writeDecimal(argument, isSigned: isSigned, byteCount, padding)
        case .hexadecimal(let isUppercase, let byteCount):
            try take(byteCount, alignment: byteCount)
            let value = byteCount == 4 ? argument & 0xffff_ffff : argument
            pad(Array(String(value, radix: 16, uppercase: isUppercase).utf8), sign: [], padding)
        case .character:
            try take(1)
            pad([UInt8(truncatingIfNeeded: argument)], padding)
        case .string(let isPadded):
            let string = try takeString(at: argument)
            if isPadded { pad(string, padding) } else { bytes += string }
        case .address:
            try take(8, alignment: 8)
            writeAddress(argument, padding)
        case .symbol(let hasOffset):
            try take(8, alignment: 8)
            pad(machine.symbol(of: argument, hasOffset: hasOffset), padding)
        case .returnAddress:
            let text = machine.symbol(of: argument, hasOffset: true, isReturnAddress: true)
            try take(text.count + 1)
            bytes += text
        case .ipv4(let isCompact):
            let text = Self.ipv4(try takeAddress(at: argument, byteCount: 4), isCompact)
            try take(text.count + 1)
            bytes += text
        case .ipv6(let hasColons):
            let text = Self.ipv6(try takeAddress(at: argument, byteCount: 16), hasColons)
            try take(text.count + 1)
            bytes += text
        }
    }

    // MARK: The room for arguments

    private mutating func take(_ count: Int, alignment: Int = 1) throws(KernelErrno) {
        let start = (argumentBytes + alignment - 1) / alignment * alignment
        guard start + count <= Self.argumentCapacity else { throw .noSpace }
        argumentBytes = start + count
    }

    /// The string at an address, as much as fits; empty if it cannot be read.
    private mutating func takeString(at address: UInt64) throws(KernelErrno) -> [UInt8] {
        let room = Self.argumentCapacity - argumentBytes
        guard room > 0 else { throw .noSpace }
        let string = machine.memory.string(at: address, limit: room - 1) ?? []
        try take(string.count + 1)
        return string
    }

    /// The bytes of a network address; zeros if they cannot be read.
    private func takeAddress(
        at address: UInt64,
        byteCount: Int
    ) throws(KernelErrno) -> [UInt8] {
        guard Self.argumentCapacity - argumentBytes >= byteCount else { throw .noSpace }
        return machine.memory.bytes(at: address, count: byteCount)
            ?? Array(repeating: 0, count: byteCount)
    }

    // MARK: Forms

    private mutating func writeDecimal(
        _ argument: UInt64,
        isSigned: Bool,
        _ byteCount: Int,
        _ padding: FormatString.Padding
    ) {
        let value = byteCount == 4 ? argument & 0xffff_ffff : argument
        guard isSigned else { return pad(Array(String(value).utf8), sign: [], padding) }
        let signed =
            byteCount == 4
            ? Int64(Int32(truncatingIfNeeded: argument)) : Int64(bitPattern: argument)
        let sign: [UInt8] =
            if signed < 0 { [UInt8(ascii: "-")] } else if padding.hasPlus {
                [UInt8(ascii: "+")]
            } else if padding.hasBlank { [UInt8(ascii: " ")] } else { [] }
        pad(Array(String(signed.magnitude).utf8), sign: sign, padding)
    }

    /// Sixteen digits unless a width is given. Addresses of programs tell nothing about the host, so
    /// `%p` shows them as they are, where a kernel shows a hash.
    private mutating func writeAddress(_ address: UInt64, _ padding: FormatString.Padding) {
        var padding = padding
        if padding.width == 0 {
            padding.width = 16
            padding.hasZeros = true
        }
        pad(Array(String(address, radix: 16).utf8), sign: [], padding)
    }

    private static func ipv4(_ address: [UInt8], _ isCompact: Bool) -> [UInt8] {
        let parts = address.map { byte in
            isCompact ? "\(byte)" : String(repeating: "0", count: 3 - "\(byte)".count) + "\(byte)"
        }
        return Array(parts.joined(separator: ".").utf8)
    }

    private static func ipv6(_ address: [UInt8], _ hasColons: Bool) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, byte) in address.enumerated() {
            if hasColons, index > 0, index.isMultiple(of: 2) { text.append(UInt8(ascii: ":")) }
            text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return text
    }

    // MARK: Padding

    /// Text, padded with blanks.
    private mutating func pad(_ text: [UInt8], _ padding: FormatString.Padding) {
        let blanks = [UInt8](
            repeating: UInt8(ascii: " "),
            count: max(0, padding.width - text.count)
        )
        bytes += padding.isLeft ? text + blanks : blanks + text
    }

    /// A number: zeros go between the sign and the digits.
    private mutating func pad(_ digits: [UInt8], sign: [UInt8], _ padding: FormatString.Padding) {
        guard padding.hasZeros, !padding.isLeft else { return pad(sign + digits, padding) }
        let count = max(0, padding.width - digits.count - sign.count)
        bytes += sign + [UInt8](repeating: UInt8(ascii: "0"), count: count) + digits
    }
}

extension AddressSpace.View {
    /// A copy of bytes that the program may read, or `nil`.
    func bytes(at address: UInt64, count: Int) -> [UInt8]? {
        guard count > 0 else { return [] }
        guard let start = unsafe readable(address, size: UInt64(count)) else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The bytes before a zero byte, at most `limit`; `nil` if one of them cannot be read.
    func string(at address: UInt64, limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            guard let byte = self.byte(at: address &+ UInt64(bytes.count)) else { return nil }
            if byte == 0 { break }
            bytes.append(byte)
        }
        return bytes
    }

    /// A byte that the program may read, or `nil`.
    func byte(at address: UInt64) -> UInt8? {
        unsafe readable(address, size: 1).map { unsafe $0.load(as: UInt8.self) }
    }
}
