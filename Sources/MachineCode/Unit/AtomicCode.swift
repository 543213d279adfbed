public import EBPFBytecode

/// How an atomic operation is named to the runtime: the operation, and the size in bytes times 256.
public struct AtomicCode: Hashable, Sendable {
    /// The name as a word.
    public let rawValue: UInt64

    /// The name that machine code passed.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    init(_ operation: AtomicOperation, _ size: MemorySize) {
        let number: UInt64 =
            switch operation {
            case .add(let fetch): fetch ? 1 : 0
            case .or(let fetch): fetch ? 3 : 2
            case .and(let fetch): fetch ? 5 : 4
            case .xor(let fetch): fetch ? 7 : 6
            case .exchange: 8
            case .compareExchange: 9
            }
        rawValue = number | UInt64(size.rawValue) << 8
    }

    /// What it does.
    public var operation: AtomicOperation? {
        let fetch = rawValue & 1 != 0
        return switch rawValue & 0xff {
        case 0, 1: .add(fetch: fetch)
        case 2, 3: .or(fetch: fetch)
        case 4, 5: .and(fetch: fetch)
        case 6, 7: .xor(fetch: fetch)
        case 8: .exchange
        case 9: .compareExchange
        default: nil
        }
    }

    /// How many bytes it changes: 4 or 8.
    public var byteCount: Int { Int(rawValue >> 8) }
}

/// How a load or store is named to the runtime: the size in bytes, and 256 if it must divide the address.
public struct AccessCode: Hashable, Sendable {
    /// The name as a word.
    public let rawValue: UInt64

    /// The name that machine code passed.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    init(_ size: MemorySize, isAligned: Bool) {
        rawValue = UInt64(size.rawValue) | (isAligned ? 256 : 0)
    }

    /// How many bytes are accessed: 1, 2, 4 or 8.
    public var byteCount: Int { Int(rawValue & 255) }
    /// Whether the size must divide the address.
    public var isAligned: Bool { rawValue & 256 != 0 }
}
