extension Comparison {
    /// The comparison that is true where this one is false; there is none for ``anyBitSet``.
    public var opposite: Comparison? {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greaterSigned: .lessOrEqualSigned
        case .greaterOrEqualSigned: .lessSigned
        case .lessSigned: .greaterOrEqualSigned
        case .lessOrEqualSigned: .greaterSigned
        case .anyBitSet: nil
        }
    }

    /// The comparison with its operands exchanged.
    public var exchanged: Comparison {
        switch self {
        case .equal, .notEqual, .anyBitSet: self
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greaterSigned: .lessSigned
        case .greaterOrEqualSigned: .lessOrEqualSigned
        case .lessSigned: .greaterSigned
        case .lessOrEqualSigned: .greaterOrEqualSigned
        }
    }
}
