public import EBPFBytecode

/// An array (`BPF_MAP_TYPE_ARRAY`), also with a value for each CPU (`BPF_MAP_TYPE_PERCPU_ARRAY`).
///
/// All elements exist from the beginning, as zeroes. Look-ups take no lock; copies by applications
/// are not atomic unless the value has a lock and `BPF_F_LOCK` is given, as in the kernel.
/// Global variables of a program are an array with one element.
public final class ArrayMap: Map, @unchecked Sendable {
    private let values: Slab
    private let memory: ValueMemory
    private let stride: Int
    private let valuesPerKey: Int
    private let entryCount: UInt32

    init(_ plan: MapPlan) throws(KernelErrno) {
        valuesPerKey = plan.definition.type.isPerCPU ? plan.cpuCount : 1
        stride = plan.valueStride
        entryCount = UInt32(truncatingIfNeeded: plan.definition.maxEntries)
        values = try Slab(count: plan.definition.maxEntries * valuesPerKey, stride: stride)
        unsafe memory = ValueMemory(
            base: values.base,
            byteCount: values.byteCount,
            stride: stride,
            valueSize: plan.definition.valueSize
        )
        super.init(plan: plan)
    }

    private var isPerCPU: Bool { definition.type.isPerCPU }

    @inline(__always)
    private func offset(_ index: UInt32, cpu: Int) -> Int {
        guard valuesPerKey > 1 else { return Int(index) &* stride }
        let value = cpu >= 0 && cpu < valuesPerKey ? cpu : 0
        return (Int(index) &* valuesPerKey &+ value) &* stride
    }

    // MARK: The program's side

    public override var valueMemory: ValueMemory? { memory }

    @unsafe
    public override func programLookup(_ key: UnsafeRawPointer, cpu: Int) -> Int? {
        let index = unsafe key.loadUnaligned(as: UInt32.self)
        guard index < entryCount else { return nil }
        return offset(index, cpu: cpu)
    }

    public override func key(ofValueAt offset: Int) -> [UInt8]? {
        guard offset >= 0, offset < values.byteCount else { return nil }
        return ArrayIndex.bytes(UInt32(truncatingIfNeeded: offset / stride / valuesPerKey))
    }

    @unsafe
    public override func programUpdate(
        _ key: UnsafeRawPointer,
        _ value: UnsafeRawPointer,
        flags: UInt64,
        cpu: Int
    ) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        let index = unsafe key.loadUnaligned(as: UInt32.self)
        let flags = try check(index, flags, allowingLock: true)
        unsafe shape.overwrite(values.base + offset(index, cpu: cpu), from: value, flags)
    }

    @unsafe
    public override func programDelete(_ key: UnsafeRawPointer) throws(KernelErrno) {
        guard programsMayWrite else { throw .accessDenied }
        throw .invalidArgument
    }

    @unsafe
    public override func programForEach(
        cpu: Int,
        _ body: (_ key: UnsafeRawPointer, _ valueOffset: Int) throws -> UInt64
    ) throws -> Int {
        var visited = 0
        for index in 0..<entryCount {
            visited &+= 1
            let result = try unsafe withUnsafeBytes(of: index) { key -> UInt64 in
                guard let key = key.baseAddress else { return 1 }
                return try unsafe body(key, offset(index, cpu: cpu))
            }
            if result != 0 { break }
        }
        return visited
    }

    // MARK: The application's side

    override func readValue(
        _ key: [UInt8],
        _ flags: UpdateFlags
    ) throws(KernelErrno) -> [UInt8] {
        guard let index = ArrayIndex(key), index.value < entryCount else { throw .noEntry }
        var result: [UInt8] = []
        for cpu in 0..<valuesPerKey {
            let place = unsafe values.base + offset(index.value, cpu: cpu)
            guard isPerCPU else { return unsafe shape.bytes(at: place, flags) }
            result += unsafe shape.bytes(at: place)
            while result.count % 8 != 0 { result.append(0) }
        }
        return result
    }

    override func storeValue(
        _ key: [UInt8],
        _ value: [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        guard let index = ArrayIndex(key) else { throw .invalidArgument }
        let flags = try check(index.value, flags, allowingLock: !isPerCPU)
        let padded = (definition.valueSize &+ 7) / 8 &* 8
        unsafe value.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            for cpu in 0..<valuesPerKey {
                let place = unsafe values.base + offset(index.value, cpu: cpu)
                unsafe shape.overwrite(place, from: source + cpu &* padded, flags)
            }
        }
    }

    override func removeKey(_ key: [UInt8]) throws(KernelErrno) { throw .invalidArgument }

    override func keyFollowing(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        try ArrayIndex.key(following: key, count: entryCount)
    }

    private func check(
        _ index: UInt32,
        _ bits: UInt64,
        allowingLock: Bool
    ) throws(KernelErrno) -> UpdateFlags {
        let flags = try UpdateFlags.parse(bits, allowingLock: allowingLock)
        guard index < entryCount else { throw .tooBig }
        guard !flags.contains(.noExist) else { throw .exists }
        try requireLock(flags.rawValue)
        return flags
    }
}
