/// Programs that a program can go on to (`BPF_MAP_TYPE_PROG_ARRAY`).
@_rawLayout(like: MapDefinition)
public struct ProgramArray: ~Copyable, ProgramMap, @unchecked Sendable {
    /// An array of so many places, which are empty at first.
    @inline(__always)
    public init(maxEntries: Int, pinned: Bool = false) {
        define(3, key: 4, value: 4, maxEntries: maxEntries, pinned: pinned)
    }

    /// Goes on with the program at an index (`bpf_tail_call`). It returns only if there is no
    /// program, or after 33 such calls.
    @inline(__always)
    public func call(_ index: UInt32, _ context: some ProgramContext) {
        Helpers.tailCall(context.pointer, address, index)
    }
}
