public import EBPFBytecode
import Synchronization

/// The programs that belong to entries of device and CPU maps.
final class EntryPrograms: Sendable {
    private let programs = Mutex<[UInt32: MapProgram]>([:])

    subscript(index: UInt32) -> MapProgram? {
        get { programs.withLock { $0[index] } }
        set { programs.withLock { $0[index] = newValue } }
    }

    /// The two words of a value, or EINVAL if it names a program's descriptor: there are none.
    static func words(_ value: [UInt8]) throws(KernelErrno) -> (first: UInt32, program: Int32) {
        let first = ArrayIndex([UInt8](value.prefix(4)))?.value ?? 0
        let second = ArrayIndex([UInt8](value.dropFirst(4)))?.value ?? 0
        return (first, Int32(bitPattern: second))
    }
}

/// An array of entries of one or two words, of which the first is 0 when the entry is empty.
public class EntryArray: Map, @unchecked Sendable {
    private let values: Slab
    private let memory: ValueMemory
    private let entryCount: UInt32
    /// All entries from here on have always been empty.
    private let usedEnd = Atomic<UInt32>(0)
    let programs = EntryPrograms()

    init(_ plan: MapPlan) throws(KernelErrno) {
        values = try Slab(count: plan.definition.maxEntries, stride: plan.valueStride)
        unsafe memory = ValueMemory(
            base: values.base,
            byteCount: values.byteCount,
            stride: plan.valueStride,
            valueSize: plan.definition.valueSize
        )
        entryCount = UInt32(truncatingIfNeeded: plan.definition.maxEntries)
        super.init(plan: plan)
    }

    // SAFETY: a stride is at least 8 bytes, aligned to 8; the index is less than the count.
    private func entry(_ index: UInt32) -> UnsafeMutablePointer<Atomic<UInt64>> {
        unsafe (values.base + Int(index) &* memory.stride)
            .assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    /// The first word of an entry, 0 if it is empty or past the end.
    func firstWord(_ index: UInt32) -> UInt32 {
        guard index < entryCount else { return 0 }
        return UInt32(truncatingIfNeeded: unsafe entry(index).pointee.load(ordering: .acquiring))
    }

    /// The indices that are not empty.
    func usedIndices() -> [UInt32] {
        (0..<usedEnd.load(ordering: .acquiring)).filter { firstWord($0) != 0 }
    }

    func setEntry(_ index: UInt32, _ first: UInt32, _ program: MapProgram?) {
        programs[index] = program
        usedEnd.max(index &+ 1, ordering: .acquiringAndReleasing)
        let second = definition.valueSize == 8 ? UInt64(program?.id ?? 0) << 32 : 0
        unsafe entry(index).pointee.store(second | UInt64(first), ordering: .releasing)
    }

    /// The index of a key that may be written with these flags.
    func place(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> UInt32 {
        let flags = try UpdateFlags.parse(flags, allowingLock: false)
        guard let index = ArrayIndex(key)?.value, index < entryCount else { throw .tooBig }
        guard !flags.contains(.noExist) else { throw .exists }
        return index
    }

    public override var valueMemory: ValueMemory? { memory }

    @unsafe
    public override func programLookup(_ key: UnsafeRawPointer, cpu: Int) -> Int? {
        let index = unsafe key.loadUnaligned(as: UInt32.self)
        return firstWord(index) == 0 ? nil : Int(index) &* memory.stride
    }

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        guard let index = ArrayIndex(key)?.value, firstWord(index) != 0 else { throw .noEntry }
        return unsafe shape.bytes(at: values.base + Int(index) &* memory.stride)
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) {
        guard let index = ArrayIndex(key)?.value, index < entryCount else {
            throw .invalidArgument
        }
        setEntry(index, 0, nil)
    }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        try ArrayIndex.key(following: key, count: entryCount)
    }
}

/// Network interfaces to send packets to, by index (`BPF_MAP_TYPE_DEVMAP`).
///
/// A value is an interface index and, if 8 bytes long, the id of a program that runs there. The
/// interfaces are those of the machine that the programs see: any number but 0 is one.
public final class DeviceMap: EntryArray, RedirectMap, @unchecked Sendable {
    /// Puts an interface, with a program, at an index.
    public func update(
        _ key: [UInt8],
        interface: UInt32,
        program: MapProgram?,
        flags: UInt64 = 0
    ) throws(KernelErrno) {
        guard applicationsMayWrite else { throw .notPermitted }
        let index = try place(key, flags)
        guard interface != 0 || program == nil else { throw .invalidArgument }
        setEntry(index, interface, program)
    }

    /// The interface at an index.
    public func target(at index: UInt32) -> RedirectTarget? {
        let interface = firstWord(index)
        guard interface != 0 else { return nil }
        return .interface(index: interface, program: programs[index])
    }

    /// All interfaces, in the order of their indices.
    public func broadcastTargets() -> [RedirectTarget] { usedIndices().compactMap(target) }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        let index = try place(key, flags)
        let (interface, descriptor) = try EntryPrograms.words(value)
        guard descriptor <= 0 else { throw .invalidArgument }
        setEntry(index, interface, nil)
    }
}
