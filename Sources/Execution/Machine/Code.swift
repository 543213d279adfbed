import EBPFBytecode

/// A program lowered for the interpreter, in memory that never moves.
@safe
final class Code: @unchecked Sendable {
    private let operations: UnsafeMutablePointer<Operation>
    private let slots: [Int32]
    /// The number of operations, without the closing `end`.
    let count: Int

    init(_ lowering: Lowering) {
        count = lowering.operations.count - 1
        slots = lowering.slots
        unsafe operations = .allocate(capacity: lowering.operations.count)
        for (index, operation) in lowering.operations.enumerated() {
            unsafe (operations + index).initialize(to: operation)
        }
    }

    deinit { unsafe operations.deallocate() }

    /// The entry of the program.
    var start: ProgramCounter { unsafe ProgramCounter(operations) }

    /// The place of an operation, if there is one.
    func place(ofOperation index: Int) -> ProgramCounter? {
        guard (0..<count).contains(index) else { return nil }
        return unsafe ProgramCounter(operations + index)
    }

    /// The slot of the operation before a place: the one that was running.
    func slot(before place: ProgramCounter) -> Int? {
        let index = unsafe place.next - UnsafePointer(operations) - 1
        guard slots.indices.contains(index) else { return nil }
        return Int(slots[index])
    }
}
