/// A value of a program, taken apart by its type.
///
/// It is made by ``BTF/value(of:in:name:)`` or, many times for the same type, by a
/// ``ValueFormat``. Printed it is compact text, `{src: 10.0.0.1, dport: 443}`; ``json`` is the
/// same for programs. Which types are shown in which way is told in ``ValueFormat``.
public enum TypedValue: Hashable, Sendable {
    /// A truth value.
    case boolean(Bool)
    /// An integer; every 64-bit number, signed or not, is exact.
    case integer(Int128)
    /// A number that is read in base 16: a pointer.
    case hexadecimal(UInt128)
    /// A floating-point number.
    case floating(Double)
    /// A single printable character.
    case character(UInt8)
    /// The text in an array of characters, up to its first zero.
    case text(String)
    /// A number that its enumeration has a name for.
    case enumerator(String, Int128)
    /// The address of a machine.
    case address(NetworkAddress)
    /// Bytes without further meaning.
    case bytes([UInt8])
    /// The members of a struct or union, or the variables of a section, in order.
    case structure([Field])
    /// The elements of an array.
    case array([TypedValue])

    /// A member and its value.
    public struct Field: Hashable, Sendable {
        /// The name of the member; members of anonymous members stand among the outer ones.
        public var name: String
        /// Its value.
        public var value: TypedValue

        /// A member and its value.
        public init(_ name: String, _ value: TypedValue) {
            self.name = name
            self.value = value
        }
    }

    /// A value whose type is not known: 1, 2, 4 and 8 bytes are an unsigned integer.
    public init(untyped bytes: [UInt8]) {
        switch bytes.count {
        case 1, 2, 4, 8:
            let number = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            self = .integer(Int128(number))
        default: self = .bytes(bytes)
        }
    }
}

extension TypedValue {
    /// The value of a member of a structure, or `nil` if there is none.
    public subscript(name: String) -> TypedValue? {
        guard case .structure(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }

    /// The element of an array, or `nil` if there is none.
    public subscript(index: Int) -> TypedValue? {
        guard case .array(let elements) = self, elements.indices.contains(index)
        else { return nil }
        return elements[index]
    }

    /// The number, of values that are one.
    public var number: Int128? {
        switch self {
        case .boolean(let value): value ? 1 : 0
        case .integer(let value), .enumerator(_, let value): value
        case .hexadecimal(let value): Int128(exactly: value)
        case .character(let value): Int128(value)
        case .floating, .text, .address, .bytes, .structure, .array: nil
        }
    }

    /// The number as 64 unsigned bits, if it is one and fits.
    public var unsigned: UInt64? { number.flatMap(UInt64.init(exactly:)) }

    /// The number as 64 signed bits, if it is one and fits.
    public var signed: Int64? { number.flatMap(Int64.init(exactly:)) }
}

extension TypedValue: CustomStringConvertible {
    /// The value on one line; ``ValueFormat/bytes(from:)`` reads it back.
    public var description: String {
        switch self {
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .hexadecimal(let value): "0x" + String(value, radix: 16)
        case .floating(let value): value.description
        case .character(let value): "'\(Character(UnicodeScalar(value)))'"
        case .text(let text): JSONValue.string(text).description
        case .enumerator(let name, _): name
        case .address(let address): address.description
        case .bytes(let bytes): bytes.isEmpty ? "[]" : hexadecimalText(bytes)
        case .structure(let fields):
            "{" + fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "}"
        case .array(let elements):
            "[" + elements.map(\.description).joined(separator: ", ") + "]"
        }
    }
}

extension TypedValue {
    /// The value for programs.
    ///
    /// Numbers stay numbers, enumerators, addresses, pointers and bytes are strings as in the
    /// text, structures are objects with their members in order.
    public var json: JSONValue {
        switch self {
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .hexadecimal, .enumerator, .address, .bytes: .string(description)
        case .floating(let value): value.isFinite ? .floating(value) : .string(description)
        case .character(let value): .string(String(UnicodeScalar(value)))
        case .text(let text): .string(text)
        case .structure(let fields): .object(fields.map { .init($0.name, $0.value.json) })
        case .array(let elements): .array(elements.map(\.json))
        }
    }
}

/// Bytes in base 16, two digits each, after `0x`.
func hexadecimalText(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = Array("0x".utf8)
    text.reserveCapacity(2 + 2 * bytes.count)
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 0xf)])
    }
    return String(decoding: text, as: UTF8.self)
}
