import EBPFBytecode

/// A program lowered for the interpreter, in memory that never moves.
@safe
final class Code: @unchecked Sendable {
    private let operations: UnsafeMutablePointer<Operation>
    private let slots: [Int32]
    /// The number of operations, without the closing `end`.
    let count: Int
    /// The same program as machine code, if it was compiled.
    let compiled: CompiledProgram?

    init(_ lowering: Lowering, compiled: CompiledProgram? = nil) {
        self.compiled = compiled
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
        slot(ofOperation: operation(at: place) - 1)
    }

    /// The slot of an operation, if there is one.
    func slot(ofOperation index: Int) -> Int? {
        slots.indices.contains(index) ? Int(slots[index]) : nil
    }

    /// The last operation of the instruction at a slot, if it is still one of its own.
    func operation(ofSlot slot: Int) -> Int? {
        slots.firstIndex { $0 >= Int32(clamping: slot) }
    }

    /// The index of the operation at a place, which must be in this code for it to mean something.
    func operation(at place: ProgramCounter) -> Int {
        unsafe place.next - UnsafePointer(operations)
    }
}
