/// How values of a type are shown and read.
///
/// Made once for a type by ``BTF/format(of:name:)``, it serves any number of values.
///
/// | type | shown as |
/// |---|---|
/// | integers | decimal numbers |
/// | `_Bool` | `true`, `false`; other numbers as they are |
/// | `char` | `'a'` if printable, else its number |
/// | `char[n]` | text up to the first zero byte if that is printable UTF-8, else hexadecimal bytes |
/// | `__u8[n]` | hexadecimal bytes; text as above if the name says so (`comm`, `name`, `path` …) |
/// | enumerations | the name of the number, else the number |
/// | pointers | hexadecimal |
/// | structs, unions | members in order; those of anonymous members among them |
/// | bit-fields | like their type, cut to their bits |
/// | an array at the end without length | as many elements as there are bytes left |
/// | `__be16`, `__be32`, `__be64` | the number, read in the order of the network |
/// | `struct in_addr`, `struct in6_addr` | the address |
/// | `__be32` named like an address (`saddr`, `src_ip`, `daddr4` …) or without a name | IPv4 |
/// | `__u8[4]` named so | IPv4 |
/// | `__u8[16]`, `__u16[8]`, `__u32[4]`, `__be32[4]`, 128-bit integers named so | IPv6 |
/// | `__u8[6]` named so, or `mac`, `h_source`, `h_dest`, `eth…` | hardware address |
///
/// A plain `__u32` is never taken for an address: its type does not say in which order its bytes
/// are. Typedefs and qualifiers are looked through; a typedef of `__be32` is still `__be32`.
public struct ValueFormat: Sendable {
    /// How many bytes a value takes, without what a last array without length adds.
    public let size: Int
    let shape: Shape

    init(size: Int, shape: Shape) {
        self.size = size
        self.shape = shape
    }

    /// The format of values whose type is not known: numbers if they take 1, 2, 4 or 8 bytes.
    public init(untypedOf size: Int) {
        self.size = max(0, size)
        shape =
            switch size {
            case 1, 2, 4, 8: .integer(Bits(offset: 0, count: 8 * size), isSigned: false)
            default: .bytes(count: max(0, size))
            }
    }

    /// The bits of a number: `count` of them from the `offset`-th lowest one on.
    struct Bits: Hashable, Sendable {
        var offset: Int
        var count: Int

        /// How many bytes hold the bits.
        var byteCount: Int { (offset + count + 7) / 8 }
    }

    /// A type with its names resolved.
    indirect enum Shape: Hashable, Sendable {
        case integer(Bits, isSigned: Bool)
        case boolean(Bits)
        case enumeration(Bits, isSigned: Bool, EnumerationNames)
        case character(isSigned: Bool)
        /// A number with its highest byte first.
        case networkNumber(byteCount: Int)
        case pointer
        case floating(byteCount: Int)
        /// Characters; without a count they take the rest of the bytes.
        case text(count: Int?)
        /// Bytes; without a count they are the rest.
        case bytes(count: Int?)
        case ipv4
        case ipv6
        case hardware
        case structure([Field])
        case array(Shape, stride: Int, count: Int)
        /// An array that takes the rest of the bytes.
        case rest(Shape, stride: Int)
    }

    /// A member, at an offset in bytes.
    struct Field: Hashable, Sendable {
        var name: String
        var offset: Int
        var shape: Shape
    }

    /// The names of an enumeration, both ways.
    struct EnumerationNames: Hashable, Sendable {
        var names: [Int128: String] = [:]
        var numbers: [String: Int128] = [:]

        init(_ type: EnumerationType) {
            for enumerator in type.enumerators {
                let number =
                    type.isSigned
                    ? Int128(enumerator.value) : Int128(UInt64(bitPattern: enumerator.value))
                numbers[enumerator.name] = number
                // Several names may stand for one number; the first one is shown.
                if names[number] == nil { names[number] = enumerator.name }
            }
        }
    }
}
