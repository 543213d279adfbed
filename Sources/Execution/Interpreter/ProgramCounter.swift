import EBPFBytecode

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
    mutating func fetch() -> OperationReference {
        defer { unsafe next += 1 }
        return unsafe OperationReference(next)
    }

    /// Moves by a distance that `Lowering` computed for the operation just fetched.
    @inline(__always)
    mutating func move(by distance: Int) { unsafe next += distance }
}

/// An operation where it lies; what the loop does not look at is not loaded.
@safe
struct OperationReference {
    private let operation: UnsafePointer<Operation>

    /// - Precondition: `operation` outlives the reference.
    @inline(__always)
    @unsafe
    init(_ operation: UnsafePointer<Operation>) { unsafe self.operation = operation }

    @inline(__always)
    var opcode: Opcode { unsafe operation.pointee.opcode }
    @inline(__always)
    var destination: Register { unsafe operation.pointee.destination }
    @inline(__always)
    var source: Register { unsafe operation.pointee.source }
    @inline(__always)
    var detail: UInt8 { unsafe operation.pointee.detail }
    @inline(__always)
    var offset: Int32 { unsafe operation.pointee.offset }
    @inline(__always)
    var immediate: Int64 { unsafe operation.pointee.immediate }
    @inline(__always)
    var constant: UInt64 { unsafe operation.pointee.constant }
    @inline(__always)
    var lowConstant: UInt32 { unsafe operation.pointee.lowConstant }
    @inline(__always)
    var displacement: UInt64 { unsafe operation.pointee.displacement }
    /// What a counted branch adds before it compares.
    @inline(__always)
    var step: UInt64 { UInt64(bitPattern: Int64(Int8(bitPattern: detail))) }
}
