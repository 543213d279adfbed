/// A program with a call of an observer before each operation.
///
/// The interpreter's loop stays as it is: it costs nothing that programs can be observed.
struct ObservedOperations {
    /// Twice as many operations; the last one, ``Opcode/end``, stays alone.
    private(set) var operations: [Operation] = []
    /// The slot that each belongs to: that of a call is the observed one's.
    private(set) var slots: [Int32] = []

    /// - Parameter observer: the observer's place among helpers.
    init(_ original: [Operation], slots originalSlots: [Int32], observer: Int) {
        for (operation, slot) in zip(original, originalSlots) {
            if operation.opcode != .end {
                operations.append(
                    Operation(opcode: .callHelper, offset: -1, immediate: Int64(observer)))
                slots.append(slot)
            }
            var operation = operation
            // From an operation to the call before another is twice as far.
            if operation.opcode.hasTarget { operation.offset *= 2 }
            operations.append(operation)
            slots.append(slot)
        }
    }

    /// The new place of an operation: that of the call before it.
    static func place(of operation: Int) -> Int { operation * 2 }
}
