import EBPFTypeFormat

/// A way into a type: from the type itself over members and elements, or to an enumerator.
///
/// Of `s[0].a.b[2]` the steps are the struct, `a`, `b` and the third element. Anonymous structs
/// and unions on the way are no steps of their own: where they are is the kernel's affair.
struct COREPath {
    /// The type information that the numbers belong to.
    let types: BTF
    /// The type at which the way begins, as it is named.
    let root: TypeID
    /// At most as many as an access has numbers.
    private(set) var steps: [Step] = []
    /// Where the last step starts, in bits from the start of the root.
    private(set) var bitOffset = 0

    /// One step.
    struct Step {
        /// The struct or union that has the member, the enumeration that has the enumerator, or the
        /// type of the element.
        let type: TypeID
        /// The index of the member, the enumerator or the element.
        let index: Int
        /// The name of the member or the enumerator; `nil` for an element.
        let name: [UInt8]?
    }

    /// A way of no steps.
    init(_ types: BTF, root: TypeID) {
        self.types = types
        self.root = root
    }

    /// Goes on to a member or an enumerator.
    mutating func append(_ name: [UInt8], at index: Int, of type: TypeID, bits: Int = 0) {
        steps.append(Step(type: type, index: index, name: name))
        bitOffset += bits
    }

    /// Goes on to an element.
    mutating func append(element index: Int, of type: TypeID) throws(BTFError) {
        steps.append(Step(type: type, index: index, name: nil))
        guard index > 0 else { return }
        let (bytes, first) = try types.size(of: type).multipliedReportingOverflow(by: index)
        let (bits, second) = bytes.multipliedReportingOverflow(by: 8)
        let (end, third) = bitOffset.addingReportingOverflow(bits)
        // No struct is larger than 32 bits can say, so that members may follow.
        guard !first, !second, !third, end < 1 << 40 else { throw BTFError(.type(type), .tooLarge) }
        bitOffset = end
    }

    /// Goes on into an anonymous struct or union.
    mutating func skip(bits: Int) { bitOffset += bits }

    /// Whether an array that has no elements may be indexed: it is the last member of a struct,
    /// and the program knows how long it is.
    func isFlexible(_ array: ArrayType) -> Bool {
        guard array.count == 0, let last = steps.last, last.name != nil,
            let members = types.parts(of: last.type)
        else { return false }
        return last.index == members.count - 1
    }
}

extension COREPath {
    /// How many numbers an access may have, as in the kernel.
    static let depthLimit = 64

    /// The way that a relocation describes, in the object's own types.
    ///
    /// - Throws: ``COREError/Reason``
    init(_ relocation: CORERelocation, in types: BTF) throws(COREError.Reason) {
        self.init(types, root: relocation.type)
        let indices = try Self.indices(relocation.access)
        do {
            guard types.kind(of: relocation.type) != nil else {
                throw BTFError(
                    .type(relocation.type),
                    .noSuchType(relocation.type, count: types.count)
                )
            }
            switch relocation.kind.subject {
            case .type:
                guard indices == [0] else { throw malformed(relocation, "a type has no parts") }
            case .enumerator: try enumerator(indices, relocation)
            case .field: try field(indices, relocation)
            }
        } catch let error as BTFError {
            throw .localTypes(error)
        } catch let reason as COREError.Reason {
            throw reason
        } catch {
            throw .malformedAccess(relocation.access, "\(error)")
        }
    }

    private static func indices(_ access: String) throws(COREError.Reason) -> [Int] {
        let parts = access.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= depthLimit
        else { throw .malformedAccess(access, "more than \(depthLimit) numbers") }
        var indices: [Int] = []
        for part in parts {
            guard let index = UInt32(part)
            else { throw .malformedAccess(access, "\"\(part)\" is no index") }
            indices.append(Int(index))
        }
        return indices
    }

    private func malformed(_ relocation: CORERelocation, _ why: String) -> COREError.Reason {
        .malformedAccess(relocation.access, why)
    }

    private mutating func enumerator(_ indices: [Int], _ relocation: CORERelocation) throws {
        let type = try types.resolve(root)
        guard indices.count == 1, let enumerators = types.parts(of: type),
            enumerators.areEnumerators, indices[0] < enumerators.count
        else { throw malformed(relocation, "there is no such enumerator") }
        append(Array(enumerators.name(at: indices[0])), at: indices[0], of: type)
    }

    private mutating func field(_ indices: [Int], _ relocation: CORERelocation) throws {
        var type = try types.resolve(root)
        try append(element: indices[0], of: type)
        for index in indices.dropFirst() {
            if let members = types.parts(of: type), !members.areEnumerators {
                guard index < members.count
                else { throw malformed(relocation, "there is no member \(index)") }
                let name = Array(members.name(at: index))
                let bits = members.bitOffset(at: index)
                if name.isEmpty {
                    skip(bits: bits)
                } else {
                    append(name, at: index, of: type, bits: bits)
                }
                type = try types.resolve(try members.type(at: index))
            } else if case .array(let array) = try types.type(type) {
                guard index < array.count || isFlexible(array)
                else { throw malformed(relocation, "there is no element \(index)") }
                type = try types.resolve(array.element)
                try append(element: index, of: type)
            } else {
                throw malformed(relocation, "only structs, unions and arrays have parts")
            }
        }
    }
}

extension CORERelocation.Kind {
    /// What a kind of relocation asks about.
    enum Subject { case field, type, enumerator }

    var subject: Subject {
        switch self {
        case .fieldByteOffset, .fieldByteSize, .fieldExists, .fieldSigned, .fieldLeftShift,
            .fieldRightShift:
            .field
        case .typeIDLocal, .typeIDTarget, .typeExists, .typeSize, .typeMatches: .type
        case .enumeratorExists, .enumeratorValue: .enumerator
        }
    }
}
