import EBPFTypeFormat

/// What a relocation's question comes to for one way into a type, the program's or the kernel's.
struct COREValue: Hashable {
    /// The number that goes into the instruction.
    var number: UInt64
    /// Whether the instruction must hold the program's number before it is changed.
    ///
    /// Compilers and loaders may load a bit-field in different units; numbers of types change when
    /// objects are linked.
    var isChecked = true
    /// The type that a load or store of the field moves; `nil` if its size must not change.
    var access: TypeID?
    /// How many bytes that type takes.
    var accessSize = 0
    /// Whether the number is of 32 bits, whatever its sign.
    var isWord = false
}

extension COREPath {
    /// The answer to a question about the end of the way.
    ///
    /// - Throws: ``COREError/Reason``, without saying whose types they are.
    func value(of kind: CORERelocation.Kind) throws(COREFault) -> COREValue {
        do throws(BTFError) {
            switch kind {
            case .fieldExists, .typeExists, .typeMatches, .enumeratorExists:
                return COREValue(number: 1)
            case .typeIDLocal, .typeIDTarget:
                return COREValue(number: UInt64(root.rawValue), isChecked: false)
            case .typeSize: return COREValue(number: UInt64(try types.size(of: root)))
            case .enumeratorValue: return try enumerator()
            default: break
            }
        } catch {
            throw .types(error)
        }
        return try field(kind)
    }

    private func enumerator() throws(BTFError) -> COREValue {
        guard let step = steps.last, let enumerators = types.parts(of: step.type)
        else { throw BTFError(.type(root), .wrongKind(expected: "an enumeration", found: "void")) }
        let value = enumerators.value(at: step.index)
        guard types.kind(of: step.type) == .enumeration
        else { return COREValue(number: UInt64(bitPattern: value)) }
        // Old compilers do not say whether an enumeration is signed.
        let extended = Int64(Int32(truncatingIfNeeded: value))
        return COREValue(number: UInt64(bitPattern: extended), isWord: true)
    }

    // MARK: Fields

    private func field(_ kind: CORERelocation.Kind) throws(COREFault) -> COREValue {
        guard let step = steps.last else { throw .noField }
        do throws(BTFError) {
            if step.name == nil {
                switch kind {
                case .fieldByteOffset: return try location(of: step.type, byte: bitOffset / 8)
                case .fieldByteSize:
                    return COREValue(number: UInt64(try types.size(of: step.type)))
                default: break
                }
            } else if let members = types.parts(of: step.type) {
                let type = try types.resolve(try members.type(at: step.index))
                guard let width = members.bitFieldSize(at: step.index)
                else { return try wholeField(kind, type) }
                if let value = try bitField(kind, type, width) { return value }
                throw BTFError(.type(step.type), .malformedNumber(bits: width, bytes: 8))
            }
        } catch {
            throw .types(error)
        }
        throw .noField
    }

    private func wholeField(
        _ kind: CORERelocation.Kind,
        _ type: TypeID
    ) throws(BTFError) -> COREValue {
        let size = try types.size(of: type)
        let bits = UInt64(8) * UInt64(min(size, 1 << 40))
        switch kind {
        case .fieldByteOffset: return try location(of: type, byte: bitOffset / 8)
        case .fieldByteSize: return COREValue(number: UInt64(size))
        case .fieldSigned: return try signedness(type)
        case .fieldLeftShift: return COREValue(number: 64 &- bits)
        default: return COREValue(number: 64 &- bits)
        }
    }

    /// Where a field is, and what a load of it moves: of an array, its first element.
    private func location(of type: TypeID, byte: Int) throws(BTFError) -> COREValue {
        var access = type
        while types.kind(of: access) == .array {
            access = try types.resolve(try types.element(of: access))
        }
        let size = try types.size(of: access)
        return COREValue(number: UInt64(byte), access: access, accessSize: size)
    }

    private func signedness(_ type: TypeID) throws(BTFError) -> COREValue {
        let isSigned =
            switch try types.type(type) {
            case .integer(let integer): integer.encoding.contains(.signed)
            case .enumeration(let enumeration): enumeration.isSigned
            default: false
            }
        return COREValue(number: isSigned ? 1 : 0)
    }

    /// A bit-field is loaded with the smallest unit that is a multiple of its type and holds all
    /// of it; `nil` if even eight bytes do not.
    private func bitField(
        _ kind: CORERelocation.Kind,
        _ type: TypeID,
        _ width: Int
    ) throws(BTFError) -> COREValue? {
        if kind == .fieldSigned { return try signedness(type) }
        var unit = try types.size(of: type)
        guard (1...16).contains(unit) else { return nil }
        var start = bitOffset / 8 / unit * unit
        while bitOffset + width - 8 * start > 8 * unit {
            guard unit < 8 else { return nil }
            unit *= 2
            start = bitOffset / 8 / unit * unit
        }
        let number =
            switch kind {
            case .fieldByteOffset: start
            case .fieldByteSize: unit
            case .fieldLeftShift: 64 - (bitOffset + width - 8 * start)
            default: 64 - width
            }
        return COREValue(
            number: UInt64(bitPattern: Int64(number)),
            isChecked: kind == .fieldRightShift
        )
    }
}

/// Why a question has no answer although the way leads somewhere.
enum COREFault: Error {
    case types(BTFError)
    /// It makes sense for members only.
    case noField
}
