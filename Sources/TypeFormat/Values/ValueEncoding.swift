extension ValueFormat {
    /// The bytes of the value that a text describes.
    ///
    /// Everything that a ``TypedValue`` prints is understood, and so is JSON. Numbers may be
    /// written in base 10, 16 (`0x`) and 2 (`0b`), enumerators by name or number, texts without
    /// quotes if they have no blanks. Members that are not named are zero.
    ///
    /// - Throws: ``BTFError`` with the member and what it takes.
    public func bytes(from text: String) throws(BTFError) -> [UInt8] {
        do throws(LiteralProblem) {
            return try encode(try Literal(text))
        } catch {
            throw BTFError(.value(""), .invalidText(error.message))
        }
    }

    /// The bytes of the value that JSON describes; see ``bytes(from:)-swift.method``.
    ///
    /// - Throws: ``BTFError`` with the member and what it takes.
    public func bytes(from json: JSONValue) throws(BTFError) -> [UInt8] {
        do throws(LiteralProblem) {
            return try encode(Literal(json))
        } catch {
            throw BTFError(.value(""), .invalidText(error.message))
        }
    }

    private func encode(_ literal: Literal) throws(LiteralProblem) -> [UInt8] {
        guard size <= ValueEncoder.sizeLimit else {
            throw LiteralProblem("a value of \(size) bytes cannot be written as text")
        }
        var encoder = ValueEncoder(size: size)
        try encoder.write(literal, as: shape, at: 0)
        return encoder.bytes
    }
}

/// One value being put together.
struct ValueEncoder {
    /// No one types more than this, and hostile types claim any size.
    static let sizeLimit = 1 << 28

    private(set) var bytes: [UInt8]

    init(size: Int) { bytes = Array(repeating: 0, count: size) }

    mutating func write(
        _ literal: Literal,
        as shape: ValueFormat.Shape,
        at offset: Int
    ) throws(LiteralProblem) {
        switch shape {
        case .integer(let bits, let isSigned):
            try store(try number(literal), in: bits, isSigned, at: offset)
        case .boolean(let bits):
            try store(try boolean(literal), in: bits, false, at: offset)
        case .enumeration(let bits, let isSigned, let names):
            try store(try enumerator(literal, names), in: bits, isSigned, at: offset)
        case .character: try store(try character(literal), byteCount: 1, at: offset)
        case .pointer: try store(try number(literal), byteCount: 8, at: offset)
        case .networkNumber(let count):
            try place(Self.bigEndian(try number(literal), count), at: offset)
        case .floating(let count): try floating(literal, count, at: offset)
        case .text(let count): try text(literal, count, at: offset)
        case .bytes(let count): try place(try rawBytes(literal, count), at: offset)
        case .ipv4, .ipv6, .hardware: try place(try address(literal, shape), at: offset)
        case .structure(let fields): try structure(literal, fields, at: offset)
        case .array(let element, let stride, let count):
            try array(literal, element, stride: stride, count: count, at: offset)
        case .rest(let element, let stride):
            try array(literal, element, stride: stride, count: nil, at: offset)
        }
    }

    // MARK: Parts

    private mutating func structure(
        _ literal: Literal,
        _ fields: [ValueFormat.Field],
        at offset: Int
    ) throws(LiteralProblem) {
        switch literal {
        case .fields(let values):
            for (name, value) in values {
                guard let field = fields.first(where: { $0.name == name }) else {
                    let names = fields.map(\.name).joined(separator: ", ")
                    throw LiteralProblem("there is no member '\(name)'; there are \(names)")
                }
                try write(value, as: field, at: offset)
            }
        case .list(let values):
            guard values.count <= fields.count else {
                throw LiteralProblem("\(values.count) values for \(fields.count) members")
            }
            for (field, value) in zip(fields, values) {
                try write(value, as: field, at: offset)
            }
        case .word, .string:
            throw LiteralProblem("expected {member: value, …}, found \(literal.summary)")
        }
    }

    private mutating func write(
        _ literal: Literal,
        as field: ValueFormat.Field,
        at offset: Int
    ) throws(LiteralProblem) {
        do throws(LiteralProblem) {
            try write(literal, as: field.shape, at: offset + field.offset)
        } catch {
            throw error.within("member '\(field.name)'")
        }
    }

    private mutating func array(
        _ literal: Literal,
        _ element: ValueFormat.Shape,
        stride: Int,
        count: Int?,
        at offset: Int
    ) throws(LiteralProblem) {
        guard case .list(let values) = literal
        else { throw LiteralProblem("expected [value, …], found \(literal.summary)") }
        guard values.count <= count ?? .max
        else { throw LiteralProblem("\(values.count) values for \(count ?? 0) elements") }
        for (index, value) in values.enumerated() {
            let place = offset + index * stride
            if count == nil { grow(to: place + stride) }
            do throws(LiteralProblem) {
                try write(value, as: element, at: place)
            } catch {
                throw error.within("element \(index)")
            }
        }
    }

    private mutating func text(
        _ literal: Literal,
        _ count: Int?,
        at offset: Int
    ) throws(LiteralProblem) {
        let text: [UInt8]
        switch literal {
        case .string(let string) where !Self.isHexadecimal(string): text = Array(string.utf8)
        case .word(let word) where !Self.isHexadecimal(word): text = Array(word.utf8)
        default: text = try rawBytes(literal, count)
        }
        guard text.count <= count ?? .max else {
            throw LiteralProblem("a text of \(text.count) bytes does not fit into \(count ?? 0)")
        }
        try place(text, at: offset)
    }

    private mutating func floating(
        _ literal: Literal,
        _ count: Int,
        at offset: Int
    ) throws(LiteralProblem) {
        guard let word = literal.word, let value = Double(word)
        else { throw LiteralProblem("expected a number, found \(literal.summary)") }
        let pattern =
            count == 4
            ? UInt64((Float(word) ?? Float(value)).bitPattern) : value.bitPattern
        try store(Int128(pattern), byteCount: count, at: offset)
    }

    // MARK: Storing

    private mutating func store(
        _ value: Int128,
        byteCount: Int,
        at offset: Int
    ) throws(LiteralProblem) {
        try store(value, in: .init(offset: 0, count: 8 * byteCount), false, at: offset)
    }

    private mutating func store(
        _ value: Int128,
        in bits: ValueFormat.Bits,
        _ isSigned: Bool,
        at offset: Int
    ) throws(LiteralProblem) {
        try checkRange(value, bits.count, isSigned)
        let (end, overflow) = offset.addingReportingOverflow(bits.byteCount)
        guard !overflow, offset >= 0, end <= bytes.count
        else { throw LiteralProblem("the member lies outside the value") }
        let pattern = UInt128(bitPattern: value)
        var done = 0
        while done < bits.count {
            let position = bits.offset + done
            let taken = min(8 - position % 8, bits.count - done)
            let mask = UInt8((1 << taken) - 1) << UInt8(position % 8)
            let part = UInt8(truncatingIfNeeded: pattern >> UInt128(done)) << UInt8(position % 8)
            let index = offset + position / 8
            bytes[index] = bytes[index] & ~mask | part & mask
            done += taken
        }
    }

    /// Signed numbers may be written as the unsigned ones with the same bits: `0xff` for -1.
    private func checkRange(
        _ value: Int128,
        _ count: Int,
        _ isSigned: Bool
    ) throws(LiteralProblem) {
        guard count < 127 else { return }
        let lowest: Int128 = isSigned && count > 0 ? -(1 << Int128(count - 1)) : 0
        let highest: Int128 = (1 << Int128(count)) - 1
        guard (lowest...highest).contains(value) else {
            throw LiteralProblem(
                "\(value) does not fit into \(count) bits; the range is \(lowest)…\(highest)"
            )
        }
    }

    private mutating func place(_ new: [UInt8], at offset: Int) throws(LiteralProblem) {
        let (end, overflow) = offset.addingReportingOverflow(new.count)
        guard !overflow, offset >= 0, end <= Self.sizeLimit
        else { throw LiteralProblem("the member lies outside the value") }
        grow(to: end)
        bytes.replaceSubrange(offset..<end, with: new)
    }

    private mutating func grow(to size: Int) {
        guard size > bytes.count, size <= Self.sizeLimit else { return }
        bytes += Array(repeating: 0, count: size - bytes.count)
    }
}
