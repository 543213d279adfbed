/// What is known of instructions that a processor may run on a wrong guess.
///
/// A branch that can go only one way is followed the other way, too, as a processor that guesses
/// would. What such a path must not do is no fault: the kernel puts a barrier before it, and the path
/// ends there.
struct SpeculationNotes {
    /// The instructions before which a barrier stops all guesses.
    private(set) var hasBarrier: ContiguousArray<Bool> = []
    /// The stores after which a barrier waits until they have happened.
    private(set) var endsGuesses: ContiguousArray<Bool> = []
    /// How pointer arithmetic in a slot is kept within bounds.
    private var masks: ContiguousArray<Mask?> = []
    /// The maps that tail calls name, by slot.
    private var tailCalls: [Int: Int] = [:]
    /// A tail call that names one map on one path and another on another.
    private(set) var mixedTailCall: Int?
    /// Whether an offset that is not constant was masked: then numbers are told apart when states are
    /// compared, so that no other mask is missed.
    var tellsNumbersApart = false

    /// How the operand of an addition or subtraction is masked. The compiled instruction is one and
    /// the same on all paths.
    struct Mask: Hashable {
        /// Whether a pointer is moved; otherwise there is nothing to mask.
        var movesPointer = false
        var isNegative = false
        var isConstant = false
        /// Whether the pointer is the first operand.
        var isPointerFirst = false
        /// How far the pointer may move.
        var limit: Int64 = 0
    }

    init() {}

    /// Notes about a program of so many slots.
    init(slotCount: Int) {
        hasBarrier = ContiguousArray(repeating: false, count: slotCount)
        endsGuesses = hasBarrier
        masks = ContiguousArray(repeating: nil, count: slotCount)
    }

    mutating func putBarrier(before slot: Int) {
        hasBarrier[slot] = true
        masks[slot] = nil
    }

    mutating func putBarrier(after slot: Int) { endsGuesses[slot] = true }

    /// Notes which map a tail call names.
    mutating func noteTailCall(_ slot: Int, _ map: Int) {
        if let known = tailCalls[slot], known != map { mixedTailCall = slot }
        tailCalls[slot] = map
    }

    /// Notes how an operand is masked; false if it is masked in another way on another path.
    mutating func mask(_ slot: Int, _ mask: Mask) -> Bool {
        if let known = masks[slot], known != mask { return false }
        masks[slot] = mask
        return true
    }
}
