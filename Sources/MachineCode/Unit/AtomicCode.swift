public import EBPFBytecode

/// An atomic operation as a byte, for those who run it.
public enum AtomicKind: UInt8, Sendable {
    /// The names of ``AtomicOperation``; those that fetch have their own here.
    case add, fetchAdd, or, fetchOr, and, fetchAnd, xor, fetchXor, exchange, compareExchange

    /// The kind of an operation.
    public init(_ operation: AtomicOperation) {
        self =
            switch operation {
            case .add(let fetch): fetch ? .fetchAdd : .add
            case .or(let fetch): fetch ? .fetchOr : .or
            case .and(let fetch): fetch ? .fetchAnd : .and
            case .xor(let fetch): fetch ? .fetchXor : .xor
            case .exchange: .exchange
            case .compareExchange: .compareExchange
            }
    }
}

/// How an atomic operation is named to the runtime: its kind, and the size in bytes times 256.
public struct AtomicCode: Hashable, Sendable {
    /// The name as a word.
    public let rawValue: UInt64

    /// The name that machine code passed.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    init(_ operation: AtomicOperation, _ size: MemorySize) {
        rawValue = UInt64(AtomicKind(operation).rawValue) | UInt64(size.rawValue) << 8
    }

    /// What it does.
    public var kind: AtomicKind? { AtomicKind(rawValue: UInt8(truncatingIfNeeded: rawValue)) }

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
