public import EBPFBytecode

/// A program as maps hold it: a number, and an object that the maps know nothing about.
public final class MapProgram: Sendable {
    /// What look-ups by applications show.
    public let id: UInt32
    /// The program.
    public let program: any AnyObject & Sendable

    /// A reference to a program with a number.
    public init(id: UInt32, program: any AnyObject & Sendable) {
        self.id = id
        self.program = program
    }
}

/// The programs that tail calls jump to (`BPF_MAP_TYPE_PROG_ARRAY`).
public final class ProgramArray: Map, @unchecked Sendable {
    private let store: ReferenceStore<MapProgram>

    init(_ plan: MapPlan) throws(KernelErrno) {
        store = try ReferenceStore(count: plan.definition.maxEntries)
        super.init(plan: plan)
    }

    /// The program at an index, or `nil`: the jump does not happen (`bpf_tail_call`).
    @inline(__always)
    public func program(at index: UInt32) -> MapProgram? { store[Int(index)] }

    /// Puts a program at an index; a kernel takes the program's descriptor as the value.
    public func update(
        _ key: [UInt8],
        program: MapProgram,
        flags: UInt64 = 0
    ) throws(KernelErrno) {
        guard applicationsMayWrite else { throw .notPermitted }
        store.exchange(try place(key, flags), program)
    }

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        guard let index = ArrayIndex(key), let program = program(at: index.value) else {
            throw .noEntry
        }
        return ArrayIndex.bytes(program.id)
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        _ = try place(key, flags)
        throw .badDescriptor
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        guard store.exchange(try place(key, 0), nil) != nil else { throw .noEntry }
    }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        try ArrayIndex.key(
            following: key,
            count: UInt32(truncatingIfNeeded: definition.maxEntries)
        )
    }

    private func place(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> Int {
        guard flags == 0, let index = ArrayIndex(key) else { throw .invalidArgument }
        guard Int(index.value) < store.count else { throw .tooBig }
        return Int(index.value)
    }
}
