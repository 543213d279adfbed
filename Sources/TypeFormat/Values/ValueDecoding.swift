extension ValueFormat {
    /// The value that bytes hold.
    ///
    /// - Parameter bytes: at least ``size`` of them, in the order of a little-endian machine. More
    ///   are only looked at if the type ends with an array without length.
    /// - Returns: the value, printable and walkable.
    /// - Throws: ``BTFError`` if there are too few, or the value has too many parts to be shown.
    public func value(in bytes: some Collection<UInt8>) throws(BTFError) -> TypedValue {
        let bytes = Array(bytes)
        guard bytes.count >= size else {
            throw BTFError(
                .value(""),
                .truncatedValue(needed: size, available: bytes.count)
            )
        }
        var decoder = ValueDecoder(bytes: bytes)
        return try decoder.value(shape, at: 0)
    }
}

/// One value being taken apart.
private struct ValueDecoder {
    let bytes: [UInt8]
    /// How many more parts the value may have: elements without size have no end.
    private var budget: Int

    init(bytes: [UInt8]) {
        self.bytes = bytes
        budget = 10_000 + 64 * bytes.count
    }

    mutating func value(
        _ shape: ValueFormat.Shape,
        at offset: Int
    ) throws(BTFError) -> TypedValue {
        budget -= 1
        guard budget > 0 else { throw BTFError(.value(""), .tooManyParts) }
        switch shape {
        case .integer(let bits, let isSigned):
            return number(try read(bits, at: offset), bits.count, isSigned)
        case .boolean(let bits):
            let number = try read(bits, at: offset)
            return number > 1 ? self.number(number, bits.count, false) : .boolean(number == 1)
        case .enumeration(let bits, let isSigned, let names):
            let value = number(try read(bits, at: offset), bits.count, isSigned)
            guard let number = value.number, let name = names.names[number] else { return value }
            return .enumerator(name, number)
        case .character(let isSigned):
            let byte = try slice(1, at: offset)[0]
            return isPrintable(byte) ? .character(byte) : number(UInt128(byte), 8, isSigned)
        case .networkNumber(let count):
            return number(bigEndian(try slice(count, at: offset)), 8 * count, false)
        case .pointer: return .hexadecimal(try read(.init(offset: 0, count: 64), at: offset))
        case .floating(let count): return try floating(count, at: offset)
        case .text(let count):
            return text(try slice(count ?? max(0, bytes.count - offset), at: offset))
        case .bytes(let count):
            return .bytes(try slice(count ?? max(0, bytes.count - offset), at: offset))
        case .ipv4:
            return .address(.ipv4(UInt32(truncatingIfNeeded: bigEndian(try slice(4, at: offset)))))
        case .ipv6: return .address(.ipv6(bigEndian(try slice(16, at: offset))))
        case .hardware:
            return .address(
                .hardware(UInt64(truncatingIfNeeded: bigEndian(try slice(6, at: offset))))
            )
        case .structure(let fields): return try structure(fields, at: offset)
        case .array(let element, let stride, let count):
            return try array(element, stride: stride, count: count, at: offset)
        case .rest(let element, let stride):
            let count = stride > 0 ? max(0, bytes.count - offset) / stride : 0
            return try array(element, stride: stride, count: count, at: offset)
        }
    }

    // MARK: Parts

    private mutating func structure(
        _ fields: [ValueFormat.Field],
        at offset: Int
    ) throws(BTFError) -> TypedValue {
        var values: [TypedValue.Field] = []
        values.reserveCapacity(fields.count)
        for field in fields {
            values.append(.init(field.name, try value(field.shape, at: offset + field.offset)))
        }
        return .structure(values)
    }

    private mutating func array(
        _ element: ValueFormat.Shape,
        stride: Int,
        count: Int,
        at offset: Int
    ) throws(BTFError) -> TypedValue {
        guard count <= budget else { throw BTFError(.value(""), .tooManyParts) }
        var values: [TypedValue] = []
        values.reserveCapacity(count)
        // The size of the whole array has been checked, so the offsets cannot overflow.
        for index in 0..<count { values.append(try value(element, at: offset + index * stride)) }
        return .array(values)
    }

    private func text(_ bytes: [UInt8]) -> TypedValue {
        let head = bytes.prefix { $0 != 0 }
        guard let text = String(validating: head, as: UTF8.self),
            text.unicodeScalars.allSatisfy(isPrintable)
        else { return .bytes(bytes) }
        return .text(text)
    }

    private func floating(_ count: Int, at offset: Int) throws(BTFError) -> TypedValue {
        let pattern = try read(.init(offset: 0, count: 8 * count), at: offset)
        guard count == 4 else {
            return .floating(Double(bitPattern: UInt64(truncatingIfNeeded: pattern)))
        }
        let single = Float(bitPattern: UInt32(truncatingIfNeeded: pattern))
        // 0.1 as a Float is 0.1, not 0.10000000149011612.
        return .floating(Double(single.description) ?? Double(single))
    }

    // MARK: Numbers

    private func number(_ value: UInt128, _ bitCount: Int, _ isSigned: Bool) -> TypedValue {
        if isSigned, bitCount > 0 {
            let unused = 128 - bitCount
            return .integer(Int128(bitPattern: value << UInt128(unused)) >> Int128(unused))
        }
        return Int128(exactly: value).map(TypedValue.integer) ?? .hexadecimal(value)
    }

    private func read(_ bits: ValueFormat.Bits, at offset: Int) throws(BTFError) -> UInt128 {
        guard bits.count > 0 else { return 0 }
        var value: UInt128 = 0
        // From the highest byte on; bits above the 128th fall out, those below are shifted in.
        let bytes = try slice(bits.byteCount, at: offset)
        var missing = bits.count
        var position = bits.offset
        while missing > 0 {
            let taken = min(8 - position % 8, missing)
            let part =
                UInt128(bytes[position / 8] >> UInt8(position % 8)) & ((1 << UInt128(taken)) - 1)
            value |= part << UInt128(bits.count - missing)
            position += taken
            missing -= taken
        }
        return value
    }

    private func bigEndian(_ bytes: [UInt8]) -> UInt128 {
        bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }

    private func slice(_ count: Int, at offset: Int) throws(BTFError) -> [UInt8] {
        let (end, overflow) = offset.addingReportingOverflow(count)
        guard !overflow, offset >= 0, end <= bytes.count else {
            throw BTFError(
                .value(""),
                .truncatedValue(needed: end, available: bytes.count)
            )
        }
        return Array(bytes[offset..<end])
    }

    private func isPrintable(_ byte: UInt8) -> Bool { (0x20..<0x7f).contains(byte) }

    private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\t", "\r": true
        default: scalar.value >= 0x20 && !(0x7f..<0xa0).contains(scalar.value)
        }
    }
}
