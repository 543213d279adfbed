import CLinux
import EBPFBytecode
import EBPFMaps

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Runs scripts on the maps of the running kernel, through bpf(2).
final class KernelEngine: ScriptEngine {
    /// Whether this process may make maps in the kernel.
    static let isAvailable: Bool = {
        let engine = KernelEngine()
        let definition = MapDefinition(type: .array, keySize: 4, valueSize: 4, maxEntries: 1)
        let script = MapScript(definition: definition, inner: nil, steps: [])
        return engine.run(script) == ["ok"]
    }()

    /// The CPUs that the kernel keeps values for.
    static let possibleCPUCount = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_CONF))))

    private enum Command: Int32 {
        case create = 0
        case lookup, update, delete, next
        case info = 15
        case take = 21
        case freeze = 22
        case readBatch = 24
        case takeBatch, updateBatch, deleteBatch
    }

    private var descriptor: Int32 = -1
    private var definition = MapDefinition(type: .array, keySize: 0, valueSize: 0, maxEntries: 0)
    private var inner: [Int32] = []

    var cpuCount: Int { Self.possibleCPUCount }

    deinit { closeAll() }

    private func closeAll() {
        for descriptor in inner + [descriptor] where descriptor >= 0 { close(descriptor) }
        inner = []
        descriptor = -1
    }

    @discardableResult
    private func call(
        _ command: Command,
        _ attributes: inout Attributes
    ) throws(KernelErrno) -> Int32 {
        let size = UInt32(attributes.bytes.count)
        let result = unsafe attributes.bytes.withUnsafeMutableBytes { bytes in
            unsafe clinux_bpf(command.rawValue, bytes.baseAddress, size)
        }
        guard result >= 0 else { throw KernelErrno(rawValue: Int32(-result)) }
        return Int32(result)
    }

    // MARK: Maps

    func create(_ script: MapScript) throws(KernelErrno) {
        closeAll()
        definition = script.definition
        let shape = try script.inner.map { (inner) throws(KernelErrno) in try make(inner, -1) }
        defer { if let shape { close(shape) } }
        descriptor = try make(definition, shape ?? -1)
        inner = script.innerCandidates.map { (try? make($0, -1)) ?? -1 }
    }

    private func make(_ definition: MapDefinition, _ inner: Int32) throws(KernelErrno) -> Int32 {
        var attributes = Attributes()
        let words: [UInt32] = [
            definition.type.rawValue, UInt32(definition.keySize), UInt32(definition.valueSize),
            UInt32(definition.maxEntries), definition.flags.rawValue, UInt32(bitPattern: inner),
        ]
        for (index, word) in words.enumerated() { attributes.put(word, at: index * 4) }
        attributes.put(definition.extra, at: 64)
        return try call(.create, &attributes)
    }

    func innerNumber(_ id: UInt32) -> Int? {
        inner.firstIndex { (try? self.id(of: $0)) == id }
    }

    private func id(of descriptor: Int32) throws(KernelErrno) -> UInt32 {
        var info = Attributes()
        var attributes = Attributes()
        attributes.put(UInt32(bitPattern: descriptor), at: 0)
        attributes.put(UInt32(info.bytes.count), at: 4)
        try pointing(&attributes, at: 8, to: &info.bytes, .info)
        return info.word(at: 4)
    }

    // MARK: Elements

    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(KernelErrno) {
        var value = value
        try element(.update, key, &value, flags)
    }

    func insertMap(_ key: [UInt8], _ number: Int, _ flags: UInt64) throws(KernelErrno) {
        let descriptor = inner.indices.contains(number) ? inner[number] : -1
        var value = unsafe withUnsafeBytes(of: descriptor) { unsafe [UInt8]($0) }
        try element(.update, key, &value, flags)
    }

    func lookup(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> [UInt8] {
        var value = room(1)
        try element(.lookup, key, &value, flags)
        return value
    }

    func contains(_ value: [UInt8]) throws(KernelErrno) {
        var value = value
        try element(.lookup, [], &value, 0)
    }

    func delete(_ key: [UInt8]) throws(KernelErrno) {
        var value: [UInt8] = []
        try element(.delete, key, &value, 0)
    }

    func take(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> [UInt8] {
        var value = room(1)
        try element(.take, key, &value, flags)
        return value
    }

    func next(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8] {
        var next = [UInt8](repeating: 0, count: max(1, definition.keySize))
        try element(.next, key ?? [], &next, 0)
        return next
    }

    func freeze() throws(KernelErrno) {
        var attributes = Attributes()
        attributes.put(UInt32(bitPattern: descriptor), at: 0)
        try call(.freeze, &attributes)
    }

    private func room(_ count: Int) -> [UInt8] {
        let padded = (definition.valueSize + 7) / 8 * 8
        let size = definition.type.isPerCPU ? padded * cpuCount : definition.valueSize
        return [UInt8](repeating: 0, count: max(1, size * count))
    }

    private func element(
        _ command: Command,
        _ key: [UInt8],
        _ value: inout [UInt8],
        _ flags: UInt64
    ) throws(KernelErrno) {
        var attributes = Attributes()
        attributes.put(UInt32(bitPattern: descriptor), at: 0)
        attributes.put(flags, at: 24)
        try unsafe key.withUnsafeBufferPointer { (buffer) throws(KernelErrno) in
            if !key.isEmpty { unsafe attributes.put(buffer.baseAddress, at: 8) }
            guard !value.isEmpty else {
                try call(command, &attributes)
                return
            }
            try pointing(&attributes, at: 16, to: &value, command)
        }
    }

    private func pointing(
        _ attributes: inout Attributes,
        at offset: Int,
        to bytes: inout [UInt8],
        _ command: Command
    ) throws(KernelErrno) {
        try unsafe bytes.withUnsafeMutableBufferPointer { (buffer) throws(KernelErrno) in
            unsafe attributes.put(UnsafePointer(buffer.baseAddress), at: offset)
            try call(command, &attributes)
        }
    }

    // MARK: Batches

    func readBatch(_ limit: Int, _ flags: UInt64, removing: Bool) -> BatchOutcome {
        var keys = [UInt8](repeating: 0, count: max(1, definition.keySize * limit))
        var values = room(max(1, limit))
        let command = removing ? Command.takeBatch : .readBatch
        var outcome = batch(command, &keys, &values, limit, flags)
        let valueSize = room(1).count
        for index in 0..<min(outcome.count, limit) {
            let key = keys[(index * definition.keySize)...].prefix(definition.keySize)
            let value = values[(index * valueSize)...].prefix(valueSize)
            outcome.entries.append((Array(key), Array(value)))
        }
        return outcome
    }

    func updateBatch(_ keys: [[UInt8]], _ values: [[UInt8]], _ flags: UInt64) -> BatchOutcome {
        var allKeys = Array(keys.joined())
        var allValues = Array(values.joined())
        return batch(.updateBatch, &allKeys, &allValues, keys.count, flags)
    }

    func deleteBatch(_ keys: [[UInt8]], _ flags: UInt64) -> BatchOutcome {
        var allKeys = Array(keys.joined())
        var values: [UInt8] = [0]
        return batch(.deleteBatch, &allKeys, &values, keys.count, flags)
    }

    private func batch(
        _ command: Command,
        _ keys: inout [UInt8],
        _ values: inout [UInt8],
        _ count: Int,
        _ flags: UInt64
    ) -> BatchOutcome {
        var attributes = Attributes()
        var cursor = [UInt8](repeating: 0, count: max(8, definition.keySize))
        attributes.put(UInt32(count), at: 32)
        attributes.put(UInt32(bitPattern: descriptor), at: 36)
        attributes.put(flags, at: 40)
        do throws(KernelErrno) {
            try unsafe keys.withUnsafeMutableBufferPointer { (keys) throws(KernelErrno) in
                unsafe attributes.put(UnsafePointer(keys.baseAddress), at: 16)
                try unsafe values.withUnsafeMutableBufferPointer { (values) throws(KernelErrno) in
                    unsafe attributes.put(UnsafePointer(values.baseAddress), at: 24)
                    try pointing(&attributes, at: 8, to: &cursor, command)
                }
            }
            return BatchOutcome(count: Int(attributes.word(at: 32)))
        } catch {
            // A call that is refused as a whole leaves the count as it was given.
            let isWhole =
                error == .notSupported || error == .notPermitted
                || (error == .invalidArgument && flags != 0)
                || (error == .noSpace && command.rawValue < Command.updateBatch.rawValue)
            let done = isWhole ? 0 : Int(attributes.word(at: 32))
            return BatchOutcome(count: done, errno: error)
        }
    }
}

/// The bytes of a `union bpf_attr`.
private struct Attributes {
    var bytes = [UInt8](repeating: 0, count: 128)

    mutating func put<Value: FixedWidthInteger>(_ value: Value, at offset: Int) {
        for index in 0..<(Value.bitWidth / 8) {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> Value(index * 8))
        }
    }

    mutating func put(_ pointer: UnsafePointer<UInt8>?, at offset: Int) {
        put(UInt64(UInt(bitPattern: pointer)), at: offset)
    }

    func word(at offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32($1 * 8) }
    }
}
