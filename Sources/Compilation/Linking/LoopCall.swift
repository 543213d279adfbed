import EBPFBytecode

/// A call that has the kernel call a closure back until it is told to stop: `bpf_loop`,
/// `bpf_for_each_map_elem` or `bpf_user_ringbuf_drain`.
struct LoopCall {
    /// The closure; more than one where paths meet.
    let bodies: Set<RawObject.Place>
    /// What the closure gets besides its arguments.
    let context: Context
    /// The register in which it gets that: behind an index, or behind map, key and value.
    let register: UInt8

    /// What a closure has captured.
    ///
    /// It begins with the header of an object, 16 bytes that nobody uses as long as the object lies
    /// on the stack (`ClosureContexts` looks after that).
    enum Context: Hashable {
        /// It lies so far below the frame's end.
        case frame(Int16)
        /// Nothing.
        case none
        /// It cannot be told.
        case unknown
    }

    /// By helpers: in which register a closure gets its context.
    static let registers: [UInt32: UInt8] = [164: 4, 181: 2, 209: 2]
}
