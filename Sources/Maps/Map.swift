public import EBPFBytecode
import Synchronization

/// A store that programs and applications share; each kind is a subclass.
///
/// A map has two faces. *Applications* use the operations of bpf(2): keys and values are byte
/// arrays that are copied, and failures are the kernel's error numbers. *Programs* use the
/// operations behind the helpers: keys and values are memory of the program, and a look-up gives
/// the place of the value in ``valueMemory``. What a kind does not override it refuses, with the
/// error that Linux 6.18 gives.
///
/// Maps are safe under concurrent use by any number of threads. As in the kernel, the bytes of a
/// value that a program holds a pointer to are not locked.
public class Map: @unchecked Sendable {
    /// What the map was made from.
    public let definition: MapDefinition
    /// A number that no other map of this process has or had.
    public let id: UInt32
    /// How many CPUs the machine has; the number of values of a key in per-CPU maps.
    public let cpuCount: Int
    /// What inner maps must look like, for arrays and hashes of maps.
    public let innerDefinition: MapDefinition?

    let shape: ValueShape
    private let frozen = Atomic<Bool>(false)
    private static let lastID = Atomic<UInt32>(0)

    init(plan: MapPlan) {
        definition = plan.definition
        cpuCount = plan.cpuCount
        innerDefinition = plan.inner
        shape = ValueShape(plan.definition)
        id = Map.lastID.wrappingAdd(1, ordering: .relaxed).newValue
    }

    // MARK: Who may do what

    /// Whether applications may read (not with `BPF_F_WRONLY`).
    public var applicationsMayRead: Bool { !definition.flags.contains(.writeOnly) }

    /// Whether applications may write (not with `BPF_F_RDONLY`, and not once frozen).
    public var applicationsMayWrite: Bool { !definition.flags.contains(.readOnly) && !isFrozen }

    /// Whether programs may read values (not with `BPF_F_WRONLY_PROG`); the machine enforces it.
    public var programsMayRead: Bool { !definition.flags.contains(.writeOnlyForPrograms) }

    /// Whether programs may write (not with `BPF_F_RDONLY_PROG`).
    ///
    /// The operations here refuse with EACCES; the machine enforces it on pointers to values.
    public var programsMayWrite: Bool { !definition.flags.contains(.readOnlyForPrograms) }

    /// Whether ``freeze()`` was called.
    public var isFrozen: Bool { frozen.load(ordering: .acquiring) }

    /// Forbids applications to change the map from now on (`BPF_MAP_FREEZE`).
    ///
    /// Fails with EPERM when they may not write anyway, and with ENOTSUPP for values that hold
    /// objects of the kernel.
    public func freeze() throws(KernelErrno) {
        let keepsObjects = definition.specialFields.contains { $0.kind != .spinLock }
        guard !keepsObjects else { throw .notSupported }
        guard applicationsMayWrite else { throw .notPermitted }
        let exchange = frozen.compareExchange(
            expected: false,
            desired: true,
            ordering: .acquiringAndReleasing
        )
        guard exchange.exchanged else { throw .busy }
    }

    // MARK: The program's side

    /// Where values lie that programs can point to; `nil` if there are none.
    public var valueMemory: ValueMemory? { nil }

    /// The offset in ``valueMemory`` of the value for a key, or `nil` (`bpf_map_lookup_elem`).
    ///
    /// - Parameters:
    ///   - key: `definition.keySize` readable bytes.
    ///   - cpu: the CPU whose value is wanted, for per-CPU maps.
    @unsafe
    public func programLookup(_ key: UnsafeRawPointer, cpu: Int) -> Int? { nil }

    /// The inner map for a key of an array or hash of maps, or `nil` (`bpf_map_lookup_elem`).
    @unsafe
    public func programLookupMap(_ key: UnsafeRawPointer) -> Map? { nil }

    /// The key of the value that starts at an offset in ``valueMemory``.
    ///
    /// It is `nil` if the value was deleted, or the kind has no such values. Timers need it for
    /// their callbacks.
    public func key(ofValueAt offset: Int) -> [UInt8]? { nil }

    /// Inserts or replaces a value (`bpf_map_update_elem`).
    ///
    /// - Parameter cpu: the CPU that the program runs on; a per-CPU map's other values stay.
    @unsafe
    public func programUpdate(
        _ key: UnsafeRawPointer,
        _ value: UnsafeRawPointer,
        flags: UInt64,
        cpu: Int
    ) throws(KernelErrno) { throw .operationNotSupported }

    /// Removes a key (`bpf_map_delete_elem`).
    @unsafe
    public func programDelete(_ key: UnsafeRawPointer) throws(KernelErrno) {
        throw .operationNotSupported
    }

    /// Adds a value to a map without keys (`bpf_map_push_elem`).
    @unsafe
    public func programPush(_ value: UnsafeRawPointer, flags: UInt64) throws(KernelErrno) {
        throw .operationNotSupported
    }

    /// Copies the next value out and removes it (`bpf_map_pop_elem`).
    ///
    /// When there is none the value is zeroed, and the error is ENOENT.
    @unsafe
    public func programPop(_ value: UnsafeMutableRawPointer) throws(KernelErrno) {
        throw .operationNotSupported
    }

    /// Copies the next value out, or for a bloom filter tests the value (`bpf_map_peek_elem`).
    @unsafe
    public func programPeek(_ value: UnsafeMutableRawPointer) throws(KernelErrno) {
        throw .operationNotSupported
    }

    /// Visits the entries present (`bpf_for_each_map_elem`) until `body` returns a value other
    /// than 0; returns how many were visited.
    ///
    /// `body` gets the key's bytes and the value's offset in ``valueMemory``. It may look up,
    /// update and delete in the same map.
    @unsafe
    public func programForEach(
        cpu: Int,
        _ body: (_ key: UnsafeRawPointer, _ valueOffset: Int) throws -> UInt64
    ) throws -> Int { throw KernelErrno.invalidArgument }

    // MARK: What each kind answers applications, once the general checks have passed

    func readValue(_ key: [UInt8], _ flags: UpdateFlags) throws(KernelErrno) -> [UInt8] {
        throw .notSupported
    }

    func storeValue(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(KernelErrno) {
        throw .notSupported
    }

    func storeMap(_ key: [UInt8], _ map: Map, _ flags: UInt64) throws(KernelErrno) {
        throw .invalidArgument
    }

    func removeKey(_ key: [UInt8]) throws(KernelErrno) { throw .notSupported }

    func takeValue(_ key: [UInt8], _ flags: UpdateFlags) throws(KernelErrno) -> [UInt8] {
        throw .notSupported
    }

    func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] { throw .notSupported }

    /// Look-up, and removal if asked, of many entries; `nil` where the kernel has no such call.
    func readBatch(
        after cursor: MapBatch.Cursor?,
        limit: Int,
        removing: Bool
    ) throws(KernelErrno) -> MapBatch {
        guard !removing else { throw .notSupported }
        return try readBatchKeyByKey(after: cursor, limit: limit)
    }
}
