public import EBPFBytecode

/// Prefixes of bits, of which a look-up finds the longest that fits
/// (`BPF_MAP_TYPE_LPM_TRIE`): routes and address lists.
///
/// A key is a prefix length, 32 bits in the machine's order, and the bits, most significant first.
/// As in a hash, replacing a value uses a spare place, and pointers to the old value stay good
/// until the next replacement. Iteration gives longer prefixes before those that contain them.
public final class PrefixTrie: Map, @unchecked Sendable {
    private let nodes: PrefixNodes
    private let nodePool: SlotPool
    private let valuePool: SlotPool
    private let values: Slab
    private let memory: ValueMemory
    private let lock: SequenceLocks
    private let longestLength: Int
    private var spare: Int

    init(_ plan: MapPlan) throws(KernelErrno) {
        let definition = plan.definition
        guard definition.maxEntries < 1 << 31 else { throw .noMemory }
        let nodeCount = definition.maxEntries * 2
        longestLength = (definition.keySize - 4) * 8
        nodes = try PrefixNodes(nodeCount: nodeCount, bitByteCount: definition.keySize - 4)
        nodePool = try SlotPool(fresh: 0..<nodeCount)
        valuePool = try SlotPool(fresh: 0..<definition.maxEntries, spareCount: 1)
        spare = definition.maxEntries
        values = try Slab(count: definition.maxEntries + 1, stride: plan.valueStride)
        unsafe memory = ValueMemory(
            base: values.base,
            byteCount: values.byteCount,
            stride: plan.valueStride,
            valueSize: definition.valueSize
        )
        lock = try SequenceLocks(count: 1)
        super.init(plan: plan)
    }

    /// How many prefixes there are.
    public var count: Int { valuePool.usedCount }

    // MARK: The program's side

    public override var valueMemory: ValueMemory? { memory }

    @unsafe
    public override func programLookup(_ key: UnsafeRawPointer, cpu: Int) -> Int? {
        guard let prefix = unsafe prefix(key) else { return nil }
        while true {
            let seen = lock.beginReading(0)
            let value = nodes.longestMatch(prefix)
            if lock.isUnchanged(0, since: seen) { return value < 0 ? nil : value &* memory.stride }
        }
    }

    @unsafe
    public override func programUpdate(
        _ key: UnsafeRawPointer,
        _ value: UnsafeRawPointer,
        flags: UInt64,
        cpu: Int
    ) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        try unsafe store(key, value, flags)
    }

    @unsafe
    public override func programDelete(_ key: UnsafeRawPointer) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        try unsafe remove(key)
    }

    // MARK: The application's side

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        let bytes = try unsafe withBytes(key) { key -> [UInt8]? in
            guard let prefix = unsafe prefix(key) else { return nil }
            return lock.withLock(0) {
                let value = nodes.longestMatch(prefix)
                return value < 0 ? nil : unsafe shape.bytes(at: place(value))
            }
        }
        guard let bytes else { throw .noEntry }
        return bytes
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        try unsafe withBytes(key, value) { (key, value) throws(KernelErrno) in
            try unsafe store(key, value, flags)
        }
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        try unsafe withBytes(key) { (key) throws(KernelErrno) in try unsafe remove(key) }
    }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        let next = try unsafe withBytes(key ?? [0]) { bytes in
            let prefix = key == nil ? nil : unsafe self.prefix(bytes)
            return lock.withLock(0) { nextKey(prefix) }
        }
        guard let next else { throw .noEntry }
        return next
    }

    // MARK: Parts

    /// The parts of a key; `nil` if the length is more than the key has bits.
    @inline(__always)
    private func prefix(_ key: UnsafeRawPointer) -> PrefixNodes.Prefix? {
        let length = unsafe key.loadUnaligned(as: UInt32.self)
        guard length <= longestLength else { return nil }
        return unsafe PrefixNodes.Prefix(length: Int(length), bits: key + 4)
    }

    private func place(_ value: Int) -> UnsafeMutableRawPointer {
        unsafe values.base + value &* memory.stride
    }

    private func nextKey(_ prefix: PrefixNodes.Prefix?) -> [UInt8]? {
        let root = nodes.node(at: PrefixNodes.root)
        guard root >= 0 else { return nil }
        if let prefix = prefix {
            let path = nodes.path(to: prefix)
            let node = path.last.map(nodes.node(at:)) ?? -1
            if nodes.isExact(node, prefix), nodes.value(node) >= 0 {
                let next = nodes.nextInPostorder(path)
                return next < 0 ? nil : nodes.key(next)
            }
        }
        return nodes.key(nodes.firstInPostorder(root))
    }

    private func store(
        _ key: UnsafeRawPointer,
        _ value: UnsafeRawPointer,
        _ bits: UInt64
    ) throws(KernelErrno) {
        let flags = try UpdateFlags.parse(bits, allowingLock: false)
        guard let prefix = unsafe prefix(key) else { throw .invalidArgument }
        try lock.withLock(0) { () throws(KernelErrno) in
            let path = nodes.path(to: prefix)
            let place = path.last ?? PrefixNodes.root
            let node = nodes.node(at: place)
            if nodes.isExact(node, prefix), nodes.value(node) >= 0 {
                try flags.check(isPresent: true)
                return unsafe replace(node, prefix, value)
            }
            try flags.check(isPresent: false)
            guard let slot = valuePool.take() else { throw .noSpace }
            unsafe shape.initialize(self.place(slot), from: value)
            try insert(prefix, slot, at: place)
        }
    }

    private func replace(
        _ node: Int,
        _ prefix: PrefixNodes.Prefix,
        _ value: UnsafeRawPointer
    ) {
        let old = nodes.value(node)
        unsafe shape.initialize(place(spare), from: value)
        nodes.setBits(node, prefix)
        nodes.setValue(node, spare)
        spare = old
    }

    private func insert(
        _ prefix: PrefixNodes.Prefix,
        _ value: Int,
        at place: PrefixNodes.Place
    ) throws(KernelErrno) {
        let below = nodes.node(at: place)
        if nodes.isExact(below, prefix) {
            nodes.setBits(below, prefix)
            return nodes.setValue(below, value)
        }
        guard let node = nodePool.take() else { throw .noMemory }
        nodes.fill(node, prefix, length: prefix.length, value: value)
        guard below >= 0 else { return nodes.setNode(at: place, node) }
        let common = nodes.commonLength(below, prefix)
        if common == prefix.length {
            nodes.setNode(at: .init(parent: node, bit: nodes.bit(ofNode: below, common)), below)
            return nodes.setNode(at: place, node)
        }
        guard let fork = nodePool.take() else { throw .noMemory }
        nodes.fill(fork, prefix, length: common, value: -1)
        let bit = nodes.bit(ofNode: node, common)
        nodes.setNode(at: .init(parent: fork, bit: bit), node)
        nodes.setNode(at: .init(parent: fork, bit: 1 - bit), below)
        nodes.setNode(at: place, fork)
    }

    private func remove(_ key: UnsafeRawPointer) throws(KernelErrno) {
        guard let prefix = unsafe prefix(key) else { throw .invalidArgument }
        try lock.withLock(0) { () throws(KernelErrno) in
            let path = nodes.path(to: prefix)
            guard let place = path.last else { throw .noEntry }
            let node = nodes.node(at: place)
            guard nodes.isExact(node, prefix), nodes.value(node) >= 0 else {
                throw .noEntry
            }
            valuePool.give(nodes.value(node))
            nodes.setValue(node, -1)
            splice(node, at: place)
            // A fork that has lost a branch is no fork any more.
            guard path.count >= 2, place.parent >= 0, nodes.value(place.parent) < 0 else { return }
            splice(place.parent, at: path[path.count - 2])
        }
    }

    /// Takes a node without a value out, unless both of its branches are in use.
    private func splice(_ node: Int, at place: PrefixNodes.Place) {
        let left = nodes.child(node, 0)
        let right = nodes.child(node, 1)
        guard left < 0 || right < 0 else { return }
        nodes.setNode(at: place, left >= 0 ? left : right)
        nodePool.give(node)
    }
}
