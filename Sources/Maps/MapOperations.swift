public import EBPFBytecode

/// The application's side: one method for each command of bpf(2), with the checks that the
/// kernel makes before it asks the kind of map.
extension Map {
    /// The size of a value as applications see it.
    ///
    /// For per-CPU maps: the values of all CPUs one after the other, each padded to 8 bytes. Maps
    /// of programs, maps and events show 4 bytes: an id.
    public var applicationValueSize: Int {
        definition.type.isPerCPU
            ? (definition.valueSize &+ 7) / 8 &* 8 &* cpuCount : definition.valueSize
    }

    /// A copy of the value for a key (`BPF_MAP_LOOKUP_ELEM`); ENOENT if there is none.
    ///
    /// Queues and stacks have no keys: an empty one peeks at the next value. For per-CPU maps,
    /// see ``applicationValueSize``.
    public final func lookup(
        _ key: [UInt8],
        flags: UInt64 = 0
    ) throws(KernelErrno) -> [UInt8] {
        let flags = try readFlags(flags)
        guard applicationsMayRead else { throw .notPermitted }
        try requireLock(flags.rawValue)
        try requireSize(of: key)
        return try readValue(key, flags)
    }

    /// Inserts or replaces a value (`BPF_MAP_UPDATE_ELEM`); see ``UpdateFlags``.
    public final func update(
        _ key: [UInt8],
        _ value: [UInt8],
        flags: UInt64 = 0
    ) throws(KernelErrno) {
        guard applicationsMayWrite else { throw .notPermitted }
        try requireLock(flags)
        try requireSize(of: key)
        guard value.count == applicationValueSize else { throw .invalidArgument }
        try storeValue(key, value, flags)
    }

    /// Puts a map into an array or hash of maps.
    ///
    /// EINVAL if its shape is not that of the maps inside. A kernel takes the map's descriptor as
    /// the value; here there are none, so ``update(_:_:flags:)`` with bytes fails with EBADF.
    public final func update(
        _ key: [UInt8],
        map: Map,
        flags: UInt64 = 0
    ) throws(KernelErrno) {
        guard applicationsMayWrite else { throw .notPermitted }
        try requireLock(flags)
        try requireSize(of: key)
        try storeMap(key, map, flags)
    }

    /// Removes a key (`BPF_MAP_DELETE_ELEM`); ENOENT if it is not there.
    public final func delete(_ key: [UInt8]) throws(KernelErrno) {
        guard applicationsMayWrite else { throw .notPermitted }
        try requireSize(of: key)
        try removeKey(key)
    }

    /// The key after a key, or the first one (`BPF_MAP_GET_NEXT_KEY`); ENOENT after the last.
    ///
    /// A hash starts again when the key has been removed meanwhile.
    public final func nextKey(after key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        guard applicationsMayRead else { throw .notPermitted }
        if let key { try requireSize(of: key) }
        return try keyFollowing(key)
    }

    /// Removes a key and returns its value (`BPF_MAP_LOOKUP_AND_DELETE_ELEM`).
    ///
    /// For queues and stacks, with an empty key: pops the next value.
    public final func lookupAndDelete(
        _ key: [UInt8],
        flags: UInt64 = 0
    ) throws(KernelErrno) -> [UInt8] {
        let parsed = try readFlags(flags)
        guard applicationsMayRead, applicationsMayWrite else { throw .notPermitted }
        let isQueue = definition.type == .queue || definition.type == .stack
        if isQueue, flags != 0 { throw .invalidArgument }
        try requireLock(flags)
        try requireSize(of: key)
        return try takeValue(key, parsed)
    }

    /// All entries, key by key; what is inserted or removed meanwhile may be missed.
    ///
    /// Stops after `maxEntries` keys plus the CPUs, so it ends even while others restart it.
    public final func entries() throws(KernelErrno) -> [(key: [UInt8], value: [UInt8])] {
        var result: [(key: [UInt8], value: [UInt8])] = []
        var previous: [UInt8]?
        while result.count <= definition.maxEntries {
            let key: [UInt8]
            do {
                key = try nextKey(after: previous)
            } catch {
                if error == .noEntry { return result }
                throw error
            }
            previous = key
            do {
                result.append((key, try lookup(key)))
            } catch {
                if error != .noEntry { throw error }
            }
        }
        return result
    }

    private func readFlags(_ flags: UInt64) throws(KernelErrno) -> UpdateFlags {
        guard flags & ~UpdateFlags.lock.rawValue == 0 else { throw .invalidArgument }
        return UpdateFlags(rawValue: flags)
    }

    func requireLock(_ flags: UInt64) throws(KernelErrno) {
        guard flags & UpdateFlags.lock.rawValue != 0 else { return }
        guard shape.lockOffset != nil else { throw .invalidArgument }
    }

    func requireSize(of key: [UInt8]) throws(KernelErrno) {
        guard key.count == definition.keySize else { throw .invalidArgument }
    }
}
