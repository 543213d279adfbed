import EBPFBytecode

/// Numbers that are known to be equal, or to differ by a constant: what is learnt of one is known of all.
extension Walk {
    /// A sum or difference with a constant stays linked to what it was computed from.
    mutating func link(
        _ operation: Arithmetic, _ width: Width, _ target: Register, _ left: RegisterState,
        _ right: RegisterState
    ) {
        // One offset is remembered, not a sum of several.
        guard left.id != 0, !left.isLinkedByOffset,
            let offset = Self.offset(operation, width, left.number, right.number)
        else { return }
        let index = Int(target.rawValue)
        state[index].id = left.id
        state[index].offset = offset
        state[index].traits.insert(width == .word ? .linkedByWordOffset : .linkedByOffset)
    }

    private static func offset(
        _ operation: Arithmetic, _ width: Width, _ left: Scalar, _ right: Scalar
    ) -> Int32? {
        let constant: Int32?
        if width == .word {
            // Only of a number without an upper half is the lower one all.
            guard left.greatest <= UInt64(UInt32.max) else { return nil }
            constant = right.constantWord.map { Int32(bitPattern: $0) }
        } else {
            constant = right.constant.flatMap { Int32(exactly: Int64(bitPattern: $0)) }
        }
        guard let constant else { return nil }
        switch operation {
        case .add: return constant
        case .subtract: return constant == .min ? nil : -constant
        default: return nil
        }
    }

    /// What is known of a number is known of all that are linked to it.
    static func synchronize(with known: RegisterState, _ state: inout State) {
        let link = known.traits.intersection(.linkedBySomeOffset)
        let knownOffset = link.isEmpty ? 0 : known.offset
        state.forEachRegister { register in
            guard register.kind == .scalar, register.id == known.id else { return }
            let own = register.traits.intersection(.linkedBySomeOffset)
            // Offsets of 64 bits and of 32 do not add up.
            guard own == link || own.isEmpty || link.isEmpty else { return }
            let offset = own.isEmpty ? 0 : register.offset
            register.number = known.number
            if offset == knownOffset {
                register.traits.subtract(.linkedBySomeOffset)
                register.traits.formUnion(link)
                register.offset = known.offset
                return
            }
            let difference = Scalar(
                UInt64(bitPattern: Int64(offset) - Int64(knownOffset)))
            if own.union(link) == .linkedByWordOffset {
                register.number.applyToWord(.add, difference)
            } else {
                register.number.apply(.add, difference)
            }
        }
    }
}
