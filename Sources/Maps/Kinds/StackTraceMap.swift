public import EBPFBytecode
import Synchronization

/// Stack traces under the hash of their addresses (`BPF_MAP_TYPE_STACK_TRACE`).
public final class StackTraceMap: Map, @unchecked Sendable {
    private struct Trace {
        let hash: UInt32
        let bytes: [UInt8]
    }

    private struct State {
        var traces: [UInt32: Trace] = [:]
        /// The ids in use, ascending.
        var ids: [UInt32] = []
    }

    /// How a trace is recorded (`BPF_F_…` of `bpf_get_stackid`).
    private enum Flag {
        static let skip: UInt64 = 0xff
        static let user: UInt64 = 1 << 8
        static let compareHashOnly: UInt64 = 1 << 9
        static let reuse: UInt64 = 1 << 10
    }

    private let state = Mutex(State())
    private let bucketMask: UInt32
    private let seed: UInt64

    init(_ plan: MapPlan) throws(KernelErrno) {
        var buckets = 1
        while buckets < plan.definition.maxEntries { buckets *= 2 }
        bucketMask = UInt32(truncatingIfNeeded: buckets - 1)
        seed = 0
        super.init(plan: plan)
    }

    /// How many traces there are.
    public var count: Int { state.withLock(\.ids.count) }

    private var hasBuildIDs: Bool { definition.flags.contains(.stackBuildID) }
    private var frameSize: Int { hasBuildIDs ? 32 : 8 }

    // MARK: The program's side

    /// Records a trace and returns its id (`bpf_get_stackid`).
    ///
    /// EINVAL for unknown flags, EFAULT for an empty trace, EEXIST when another trace has the id
    /// (unless `BPF_F_REUSE_STACKID` is given), ENOMEM when there is no room.
    ///
    /// - Parameters:
    ///   - addresses: the innermost frame first.
    ///   - flags: how many frames to skip in the low 8 bits, and `BPF_F_…`.
    public func programRecord(
        _ addresses: [UInt64],
        flags: UInt64
    ) throws(KernelErrno) -> UInt32 {
        let known = Flag.skip | Flag.user | Flag.compareHashOnly | Flag.reuse
        guard flags & ~known == 0 else { throw .invalidArgument }
        let depth = definition.valueSize / frameSize
        let frames = addresses.dropFirst(Int(flags & Flag.skip)).prefix(depth)
        guard !frames.isEmpty else { throw .badAddress }
        let trace = Trace(hash: try hash(Array(frames)), bytes: frames.flatMap(entry))
        let id = trace.hash & bucketMask
        try state.withLock { (state) throws(KernelErrno) in
            if let old = state.traces[id] {
                let isSame =
                    old.hash == trace.hash
                    && (flags & Flag.compareHashOnly != 0 || old.bytes == trace.bytes)
                if isSame { return }
                guard flags & Flag.reuse != 0 else { throw .exists }
            } else {
                guard state.ids.count < definition.maxEntries else { throw .noMemory }
                state.ids.insert(id, at: Self.position(of: id, in: state.ids))
            }
            state.traces[id] = trace
        }
        return id
    }

    private func hash(_ addresses: [UInt64]) throws(KernelErrno) -> UInt32 {
        try unsafe addresses.withUnsafeBytesOfElements { bytes in
            unsafe KeyHash.hash(bytes, count: addresses.count * 8, seed: seed)
        }
    }

    /// A frame's bytes; with build ids, a `struct bpf_stack_build_id` that holds the address
    /// (`BPF_STACK_BUILD_ID_IP`), which is what the kernel stores when it finds no id.
    private func entry(_ address: UInt64) -> [UInt8] {
        let bytes = unsafe withUnsafeBytes(of: address) { unsafe [UInt8]($0) }
        guard hasBuildIDs else { return bytes }
        return ArrayIndex.bytes(2) + [UInt8](repeating: 0, count: 20) + bytes
    }

    // MARK: The application's side

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        guard let id = ArrayIndex(key)?.value,
            let trace = state.withLock({ $0.traces[id] })
        else { throw .noEntry }
        return padded(trace)
    }

    override func takeValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        guard let id = ArrayIndex(key)?.value, let trace = remove(id) else { throw .noEntry }
        return padded(trace)
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) { throw .invalidArgument }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        guard let id = ArrayIndex(key)?.value, id <= bucketMask else { throw .tooBig }
        guard remove(id) != nil else { throw .noEntry }
    }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        let previous = key.flatMap { ArrayIndex($0)?.value }
        let next = state.withLock { state -> UInt32? in
            guard let previous, state.traces[previous] != nil else { return state.ids.first }
            let position = Self.position(of: previous, in: state.ids) + 1
            return position < state.ids.count ? state.ids[position] : nil
        }
        guard let next else { throw .noEntry }
        return ArrayIndex.bytes(next)
    }

    private func padded(_ trace: Trace) -> [UInt8] {
        trace.bytes + [UInt8](repeating: 0, count: definition.valueSize - trace.bytes.count)
    }

    private func remove(_ id: UInt32) -> Trace? {
        state.withLock { state in
            guard let trace = state.traces.removeValue(forKey: id) else { return nil }
            state.ids.remove(at: Self.position(of: id, in: state.ids))
            return trace
        }
    }

    /// Where an id is, or would be, among ascending ones.
    private static func position(of id: UInt32, in ids: [UInt32]) -> Int {
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [UInt64] {
    fileprivate func withUnsafeBytesOfElements<Result>(
        _ body: (UnsafeRawPointer) -> Result
    ) throws(KernelErrno) -> Result {
        try unsafe withUnsafeBufferPointer { (buffer) throws(KernelErrno) -> Result in
            guard let base = buffer.baseAddress else { throw .badAddress }
            return unsafe body(UnsafeRawPointer(base))
        }
    }
}
