/// Writes A64 machine code: instructions one after the other, and places that branches name before
/// they are known.
///
/// ```swift
/// var code = ARM64Assembler()
/// let done = code.label()
/// code.cbz(.doubleWord, .x0, done)
/// code.add(.doubleWord, .x0, .x0, .immediate(1))
/// code.bind(done)
/// code.ret()
/// let words = try code.finish()
/// ```
///
/// The methods have the names of Arm's mnemonics and the order of operands of its notation. What
/// cannot be encoded does not trap: ``finish()`` throws the first such instruction, so that only
/// one place has to deal with it.
struct ARM64Assembler: Sendable {
    /// The instructions so far.
    private(set) var words: [UInt32] = []
    /// How far conditional branches must be able to go.
    let reach: Reach
    private var failure: ARM64AssemblyError?
    /// For each label the instruction before which it is, or -1.
    private var places: [Int32] = []
    private var references: [Reference] = []

    /// How far conditional branches must be able to go.
    enum Reach: Sendable {
        /// ±1 MB, ±32 KB for tests of one bit: one instruction.
        case near
        /// ±128 MB: the opposite condition jumps over an unconditional branch.
        case far
    }

    /// A place in the code, which branches may name before it is known.
    struct Label: Hashable, Sendable {
        fileprivate let index: Int
    }

    /// The fields that hold the distance to a label.
    enum ReferenceField: Sendable {
        /// 26 bits at bit 0: `b`, `bl`.
        case branch26
        /// 19 bits at bit 5: `b.eq`, `cbz`.
        case branch19
        /// 14 bits at bit 5: `tbz`.
        case branch14
        /// Bytes, two bits at bit 29 and 19 at bit 5: `adr`.
        case address21
    }

    private struct Reference {
        let instruction: Int
        let label: Label
        let field: ReferenceField
    }

    /// An assembler with nothing written yet, and room for so many instructions and labels; there
    /// can be more of each.
    init(reach: Reach = .near, capacity: Int = 0, labelCount: Int = 0) {
        self.reach = reach
        words.reserveCapacity(capacity)
        places.reserveCapacity(labelCount)
        references.reserveCapacity(labelCount / 2)
    }

    /// How many bytes are written: the offset of the next instruction.
    var byteCount: Int { words.count * 4 }

    // MARK: Writing

    /// Appends an instruction.
    @inline(__always)
    mutating func emit(_ word: ARM64Word) {
        if let problem = word.problem { fail(words.count, problem) }
        words.append(word.bits)
    }

    /// Appends an instruction whose field holds the distance to a label.
    mutating func emit(_ word: ARM64Word, to label: Label, _ field: ReferenceField) {
        references.append(Reference(instruction: words.count, label: label, field: field))
        emit(word)
    }

    private mutating func fail(_ instruction: Int, _ reason: ARM64AssemblyError.Reason) {
        if failure == nil {
            failure = ARM64AssemblyError(instruction: instruction, reason: reason)
        }
    }

    // MARK: Labels

    /// Labels that were made together.
    struct Labels: Sendable {
        fileprivate let first: Int
        let count: Int

        @inline(__always)
        subscript(place: Int) -> Label { Label(index: first + place) }
    }

    /// A place that is not known yet.
    mutating func label() -> Label {
        places.append(-1)
        return Label(index: places.count - 1)
    }

    /// Places that are not known yet.
    mutating func labels(_ count: Int) -> Labels {
        let first = places.count
        places.append(contentsOf: repeatElement(-1, count: count))
        return Labels(first: first, count: count)
    }

    /// Says that a label is here.
    @inline(__always)
    mutating func bind(_ label: Label) {
        guard places.indices.contains(label.index), places[label.index] < 0
        else { return fail(words.count, .label) }
        places[label.index] = Int32(words.count)
    }

    /// The offset in bytes of a place, if it is known.
    func offset(of label: Label) -> Int? {
        guard places.indices.contains(label.index), places[label.index] >= 0 else { return nil }
        return Int(places[label.index]) * 4
    }

    /// The offsets in bytes of places; those that are not known are negative.
    func offsets(of row: Labels) -> [Int32] {
        places[row.first..<row.first + row.count].map { $0 * 4 }
    }

    // MARK: Finishing

    /// The machine code, with all distances filled in.
    ///
    /// - Throws: ``ARM64AssemblyError``: the first instruction that cannot be encoded. A target out
    ///   of reach can be mended by starting again with ``Reach/far``.
    consuming func finish() throws(ARM64AssemblyError) -> [UInt32] {
        for reference in references { patch(reference) }
        if let failure { throw failure }
        return words
    }

    private mutating func patch(_ reference: Reference) {
        guard let target = offset(of: reference.label)
        else { return fail(reference.instruction, .label) }
        let distance = target - reference.instruction * 4
        let filled =
            switch reference.field {
            case .branch26: ARM64Word(0).signed(distance / 4, 26, at: 0)
            case .branch19: ARM64Word(0).signed(distance / 4, 19, at: 5)
            case .branch14: ARM64Word(0).signed(distance / 4, 14, at: 5)
            case .address21:
                ARM64Word(0).signed(distance >> 2, 19, at: 5).unsigned(distance & 3, 2, at: 29)
            }
        if filled.problem != nil { return fail(reference.instruction, .distance(distance)) }
        words[reference.instruction] |= filled.bits
    }
}
