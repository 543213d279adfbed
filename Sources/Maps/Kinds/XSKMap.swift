public import EBPFBytecode

/// An AF_XDP socket as maps hold it: a queue of an interface that packets are taken from.
public final class XSKSocket: Sendable {
    /// The queue that it is bound to.
    public let queue: UInt32

    /// A socket of a queue.
    public init(queue: UInt32) { self.queue = queue }
}

/// AF_XDP sockets to send packets to, by index (`BPF_MAP_TYPE_XSKMAP`).
///
/// Applications cannot look sockets up (EOPNOTSUPP). Programs find a `struct bpf_xdp_sock` with the
/// queue's number.
public final class XSKMap: Map, RedirectMap, @unchecked Sendable {
    private let store: ReferenceStore<XSKSocket>
    private let queues: Slab
    private let memory: ValueMemory

    init(_ plan: MapPlan) throws(KernelErrno) {
        store = try ReferenceStore(count: plan.definition.maxEntries)
        queues = try Slab(count: plan.definition.maxEntries, stride: plan.valueStride)
        unsafe memory = ValueMemory(
            base: queues.base,
            byteCount: queues.byteCount,
            stride: plan.valueStride,
            valueSize: plan.definition.valueSize
        )
        super.init(plan: plan)
    }

    /// Puts a socket at an index; a kernel takes the socket's descriptor as the value.
    public func update(
        _ key: [UInt8],
        socket: XSKSocket,
        flags: UInt64 = 0
    ) throws(KernelErrno) {
        guard applicationsMayWrite else { throw .notPermitted }
        let (index, flags) = try place(key, flags)
        try flags.check(isPresent: store[index] != nil)
        unsafe queues.base.storeBytes(
            of: socket.queue,
            toByteOffset: index &* memory.stride,
            as: UInt32.self
        )
        store.exchange(index, socket)
    }

    /// The socket at an index.
    public func target(at index: UInt32) -> RedirectTarget? {
        store[Int(index)].map { .socket($0) }
    }

    public override var valueMemory: ValueMemory? { memory }

    @unsafe
    public override func programLookup(_ key: UnsafeRawPointer, cpu: Int) -> Int? {
        let index = unsafe Int(key.loadUnaligned(as: UInt32.self))
        return store[index] == nil ? nil : index &* memory.stride
    }

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] { throw .operationNotSupported }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        _ = try place(key, flags)
        throw .badDescriptor
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        guard let index = ArrayIndex(key)?.value, Int(index) < store.count else {
            throw .invalidArgument
        }
        store.exchange(Int(index), nil)
    }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        try ArrayIndex.key(
            following: key,
            count: UInt32(truncatingIfNeeded: definition.maxEntries)
        )
    }

    private func place(
        _ key: [UInt8],
        _ bits: UInt64
    ) throws(KernelErrno) -> (index: Int, flags: UpdateFlags) {
        let flags = try UpdateFlags.parse(bits, allowingLock: false)
        guard let index = ArrayIndex(key)?.value, Int(index) < store.count else { throw .tooBig }
        return (Int(index), flags)
    }
}
