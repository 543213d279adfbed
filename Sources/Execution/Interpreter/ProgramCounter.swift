/// The place in lowered code that runs next.
///
/// Lowered code is closed: every branch lands on an operation, and an `end` operation follows the
/// last one, so moving by the distances that ``Lowering`` computed never leaves it.
@safe
struct ProgramCounter {
    private(set) var next: UnsafePointer<Operation>

    /// - Precondition: `start` lies in closed code that outlives every use of this value.
    @unsafe
    init(_ start: UnsafePointer<Operation>) { unsafe next = start }

    /// Returns the next operation and moves past it.
    @inline(__always)
    mutating func fetch() -> Operation {
        defer { unsafe next += 1 }
        return unsafe next.pointee
    }

    /// Moves by a distance that `Lowering` computed for the operation just fetched.
    @inline(__always)
    mutating func move(by distance: Int) { unsafe next += distance }
}
