// Numbers of a line, each cut to the field that it is for, and names that become numbers later.

extension StatementParser {
    /// A number that fits `Value`, with or without a sign.
    mutating func number<Value: FixedWidthInteger>(
        _ field: AssemblyError.Field
    ) throws(AssemblyError) -> Value {
        let number = try signedNumber()
        guard let value = number.value.flatMap({ Value(exactly: $0) })
        else { throw fault(.outOfRange(value: number.text, field), number.token) }
        return value
    }

    /// A constant for an operation of a width; of a narrow one only the 32 bits matter.
    mutating func immediate(_ width: Width) throws(AssemblyError) -> Int32 {
        guard width == .word else { return try number(.immediate) }
        let number = try signedNumber()
        guard let value = number.value, value >= Int32.min, value <= UInt32.max
        else { throw fault(.outOfRange(value: number.text, .word), number.token) }
        return Int32(truncatingIfNeeded: value)
    }

    /// A constant of 64 bits, as a signed or an unsigned number.
    mutating func wideNumber() throws(AssemblyError) -> UInt64 {
        let number = try signedNumber()
        guard let value = number.value, value >= Int64.min
        else { throw fault(.outOfRange(value: number.text, .doubleWord), number.token) }
        return UInt64(truncatingIfNeeded: value)
    }

    private struct SignedNumber {
        let value: Int128?
        let text: String
        let token: Token?
    }

    private mutating func signedNumber() throws(AssemblyError) -> SignedNumber {
        let start = next
        let isNegative = accept("-")
        if !isNegative { _ = accept("+") }
        guard case .number(let magnitude) = next?.kind, let token = take()
        else { throw expected("a number") }
        let value = Int128(magnitude)
        return SignedNumber(
            value: isNegative ? -value : value,
            text: (isNegative ? "-" : "") + token.text,
            token: start
        )
    }

    // MARK: Places in the program

    /// The distance of a near jump, or 0 and a note of the label it leads to.
    mutating func distance() throws(AssemblyError) -> Int16 {
        if label(.distance) { return 0 }
        let distance: Int16 = try number(.distance)
        skipAnnotation()
        return distance
    }

    /// The distance of a far jump, or 0 and a note of the label it leads to.
    mutating func longDistance() throws(AssemblyError) -> Int32 {
        if label(.longDistance) { return 0 }
        let distance: Int32 = try number(.longDistance)
        skipAnnotation()
        return distance
    }

    /// Takes a name, if one is next, and leaves its place to be filled in.
    mutating func label(_ kind: FixUp.Kind) -> Bool {
        guard case .word(let name, _) = next?.kind, let token = take() else { return false }
        fixUp = FixUp(kind: kind, name: name, column: token.column)
        return true
    }

    /// Disassemblers write `<function+0x10>` behind a distance; it says nothing new.
    private mutating func skipAnnotation() {
        guard nextIs("<") else { return }
        position = tokens.count
    }
}
