public import EBPFBytecode

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

    init(_ definition: MapDefinition) { self.definition = definition }

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

    /// Inserts or replaces a value (`bpf_map_update_elem`).
    @unsafe
    public func programUpdate(
        _ key: UnsafeRawPointer, _ value: UnsafeRawPointer, flags: UInt64, cpu: Int
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
        cpu: Int, _ body: (_ key: UnsafeRawPointer, _ valueOffset: Int) throws -> UInt64
    ) throws -> Int { throw KernelErrno.invalidArgument }

    // MARK: The application's side

    /// A copy of the value for a key (`BPF_MAP_LOOKUP_ELEM`).
    ///
    /// For per-CPU maps: the values of all CPUs one after the other, each padded to 8 bytes.
    public func lookup(_ key: [UInt8], flags: UInt64 = 0) throws(KernelErrno) -> [UInt8] {
        throw .notSupported
    }

    /// Inserts or replaces a value (`BPF_MAP_UPDATE_ELEM`); see ``UpdateFlags``.
    public func update(_ key: [UInt8], _ value: [UInt8], flags: UInt64 = 0) throws(KernelErrno) {
        throw .notSupported
    }

    /// Removes a key (`BPF_MAP_DELETE_ELEM`).
    public func delete(_ key: [UInt8]) throws(KernelErrno) { throw .notSupported }

    /// The key after a key, or the first one (`BPF_MAP_GET_NEXT_KEY`); ENOENT after the last.
    public func nextKey(after key: [UInt8]?) throws(KernelErrno) -> [UInt8] { throw .notSupported }
}
