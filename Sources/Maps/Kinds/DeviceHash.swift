public import EBPFBytecode

/// Network interfaces to send packets to, by any number (`BPF_MAP_TYPE_DEVMAP_HASH`).
///
/// See ``DeviceMap`` for the values. `BPF_EXIST` is taken and not obeyed, as in the kernel.
public final class DeviceHash: HashMap, RedirectMap, @unchecked Sendable {
    private let programs = EntryPrograms()

    /// Puts an interface, with a program, under a key.
    public func update(
        _ key: [UInt8],
        interface: UInt32,
        program: MapProgram?,
        flags: UInt64 = 0
    ) throws(KernelErrno) {
        guard applicationsMayWrite else { throw .notPermitted }
        guard let index = ArrayIndex(key)?.value else { throw .invalidArgument }
        try store(key, interface, program, flags)
        programs[index] = program
    }

    /// The interface under a key.
    public func target(at index: UInt32) -> RedirectTarget? {
        guard let value = try? readValue(ArrayIndex.bytes(index), []) else { return nil }
        let interface = ArrayIndex([UInt8](value.prefix(4)))?.value ?? 0
        return .interface(index: interface, program: programs[index])
    }

    /// All interfaces, in no order.
    public func broadcastTargets() -> [RedirectTarget] {
        var targets: [RedirectTarget] = []
        for bucket in 0..<table.bucketCount where !table.isEmpty(bucket: bucket) {
            let keys = table.locks.withLock(table.locks.index(of: bucket)) {
                table.slots(inBucket: bucket).map(table.keyBytes)
            }
            targets += keys.compactMap { ArrayIndex($0).flatMap { target(at: $0.value) } }
        }
        return targets
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        let (interface, descriptor) = try EntryPrograms.words(value)
        guard descriptor <= 0 else { throw .invalidArgument }
        try store(key, interface, nil, flags)
        if let index = ArrayIndex(key)?.value { programs[index] = nil }
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        try super.removeKey(key)
        if let index = ArrayIndex(key)?.value { programs[index] = nil }
    }

    override func takeValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] { throw .notSupported }

    private func store(
        _ key: [UInt8],
        _ interface: UInt32,
        _ program: MapProgram?,
        _ bits: UInt64
    ) throws(KernelErrno) {
        let flags = try UpdateFlags.parse(bits, allowingLock: false)
        guard interface != 0 else { throw .invalidArgument }
        let value = ArrayIndex.bytes(interface) + ArrayIndex.bytes(program?.id ?? 0)
        try unsafe withBytes(key, value) { (key, value) throws(KernelErrno) in
            try unsafe store(
                key,
                .one(value),
                flags.intersection(.noExist).rawValue,
                cpu: 0
            )
        }
    }
}
