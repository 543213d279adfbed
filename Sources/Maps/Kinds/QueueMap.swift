public import EBPFBytecode
import Synchronization

/// A queue or a stack of values without keys (`BPF_MAP_TYPE_QUEUE`, `BPF_MAP_TYPE_STACK`).
///
/// A full one refuses with E2BIG, or with `BPF_EXIST` drops its oldest value.
public final class QueueMap: Map, @unchecked Sendable {
    private struct State {
        /// The place of the oldest value.
        var oldest = 0
        var count = 0
    }

    private let values: Slab
    private let state = Mutex(State())
    private let capacity: Int
    private let isStack: Bool

    init(_ plan: MapPlan) throws(KernelErrno) {
        capacity = plan.definition.maxEntries
        isStack = plan.definition.type == .stack
        values = try Slab(count: capacity, stride: plan.definition.valueSize)
        super.init(plan: plan)
    }

    /// How many values there are.
    public var count: Int { state.withLock(\.count) }

    /// Adds a value (`BPF_MAP_UPDATE_ELEM` without a key).
    public func push(_ value: [UInt8], flags: UInt64 = 0) throws(KernelErrno) {
        try update([], value, flags: flags)
    }

    /// The next value, which stays (`BPF_MAP_LOOKUP_ELEM` without a key).
    public func peek() throws(KernelErrno) -> [UInt8] { try lookup([]) }

    /// The next value, which leaves (`BPF_MAP_LOOKUP_AND_DELETE_ELEM` without a key).
    public func pop() throws(KernelErrno) -> [UInt8] { try lookupAndDelete([]) }

    // MARK: The program's side

    @unsafe
    public override func programPush(
        _ value: UnsafeRawPointer,
        flags: UInt64
    ) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        try unsafe add(value, flags)
    }

    @unsafe
    public override func programPop(_ value: UnsafeMutableRawPointer) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        try unsafe next(value, removing: true)
    }

    @unsafe
    public override func programPeek(_ value: UnsafeMutableRawPointer) throws(KernelErrno) {
        try unsafe next(value, removing: false)
    }

    // MARK: The application's side

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] { try next(removing: false) }

    override func takeValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] { try next(removing: true) }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        try unsafe withBytes(value) { (value) throws(KernelErrno) in try unsafe add(value, flags) }
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) { throw .invalidArgument }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        throw .invalidArgument
    }

    // MARK: Parts

    private func place(_ index: Int) -> UnsafeMutableRawPointer {
        unsafe values.base + (index % capacity) &* definition.valueSize
    }

    private func add(_ value: UnsafeRawPointer, _ bits: UInt64) throws(KernelErrno) {
        guard bits == 0 || bits == UpdateFlags.exist.rawValue else { throw .invalidArgument }
        try state.withLock { (state) throws(KernelErrno) in
            if state.count == capacity {
                guard bits != 0 else { throw .tooBig }
                state.oldest = (state.oldest &+ 1) % capacity
                state.count &-= 1
            }
            unsafe place(state.oldest &+ state.count)
                .copyMemory(from: value, byteCount: definition.valueSize)
            state.count &+= 1
        }
    }

    private func next(_ value: UnsafeMutableRawPointer, removing: Bool) throws(KernelErrno) {
        try state.withLock { (state) throws(KernelErrno) in
            guard state.count > 0 else {
                unsafe value.initializeMemory(
                    as: UInt8.self,
                    repeating: 0,
                    count: definition.valueSize
                )
                throw .noEntry
            }
            let index = isStack ? state.oldest &+ state.count &- 1 : state.oldest
            unsafe value.copyMemory(from: place(index), byteCount: definition.valueSize)
            guard removing else { return }
            if !isStack { state.oldest = (state.oldest &+ 1) % capacity }
            state.count &-= 1
        }
    }

    private func next(removing: Bool) throws(KernelErrno) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: definition.valueSize)
        try unsafe result.withUnsafeMutableBufferPointer { (buffer) throws(KernelErrno) in
            guard let base = buffer.baseAddress else { throw .invalidArgument }
            try unsafe next(UnsafeMutableRawPointer(base), removing: removing)
        }
        return result
    }
}
