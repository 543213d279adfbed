import EBPFBytecode
import EBPFMaps

/// Something that a script can run on: our maps, the kernel's, or deliberately wrong ones.
///
/// The primitive operations throw error numbers; what a step prints is the same for all engines.
protocol ScriptEngine: AnyObject {
    var cpuCount: Int { get }
    func create(_ script: MapScript) throws(KernelErrno)
    func update(_ key: [UInt8], _ value: [UInt8], _ flags: UInt64) throws(KernelErrno)
    func insertMap(_ key: [UInt8], _ inner: Int, _ flags: UInt64) throws(KernelErrno)
    /// The number of the inner map with an id.
    func innerNumber(_ id: UInt32) -> Int?
    func lookup(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> [UInt8]
    func contains(_ value: [UInt8]) throws(KernelErrno)
    func delete(_ key: [UInt8]) throws(KernelErrno)
    func take(_ key: [UInt8], _ flags: UInt64) throws(KernelErrno) -> [UInt8]
    func next(_ key: [UInt8]?) throws(KernelErrno) -> [UInt8]
    func freeze() throws(KernelErrno)
    func readBatch(_ limit: Int, _ flags: UInt64, removing: Bool) -> BatchOutcome
    func updateBatch(_ keys: [[UInt8]], _ values: [[UInt8]], _ flags: UInt64) -> BatchOutcome
    func deleteBatch(_ keys: [[UInt8]], _ flags: UInt64) -> BatchOutcome
}

/// How far a batch came.
struct BatchOutcome {
    var entries: [(key: [UInt8], value: [UInt8])] = []
    var count: Int
    var errno: KernelErrno?
}

extension ScriptEngine {
    /// Runs a script; one line for its creation and one for each step.
    func run(_ script: MapScript) -> [String] {
        do {
            try create(script)
        } catch {
            return [name(of: error)]
        }
        return ["ok"] + script.steps.map { perform($0, script.definition) }
    }

    private func perform(_ step: ScriptStep, _ definition: MapDefinition) -> String {
        do throws(KernelErrno) {
            return try outcome(step, definition)
        } catch {
            return name(of: error)
        }
    }

    private func outcome(
        _ step: ScriptStep,
        _ definition: MapDefinition
    ) throws(KernelErrno) -> String {
        switch step {
        case .update(let key, let value, let flags):
            try update(key, spread(value, definition), flags)
        case .insertMap(let key, let inner, let flags): try insertMap(key, inner, flags)
        case .lookup(let key, let flags): return show(try lookup(key, flags), definition)
        case .contains(let value): try contains(value)
        case .delete(let key): try delete(key)
        case .take(let key, let flags): return show(try take(key, flags), definition)
        case .next(let key):
            guard definition.isUnordered else { return "= \(hex(try next(key)))" }
            // Whether a key is the last of a hash is the hash function's business.
            if let key, try walk().contains(key) { return "= some, or the end" }
            _ = try next(key)
            return "= some"
        case .keys: return try showKeys(definition)
        case .freeze: try freeze()
        case .readBatch(let limit, let flags):
            return show(readBatch(limit, flags, removing: false), definition)
        case .takeBatch(let limit, let flags):
            return show(readBatch(limit, flags, removing: true), definition)
        case .updateBatch(let keys, let values, let flags):
            let values = values.map { spread($0, definition) }
            return show(updateBatch(keys, values, flags), definition)
        case .deleteBatch(let keys, let flags):
            return show(deleteBatch(keys, flags), definition)
        }
        return "ok"
    }

    /// A value for each CPU, padded to 8 bytes and with the CPU's number in the first.
    private func spread(_ value: [UInt8], _ definition: MapDefinition) -> [UInt8] {
        guard definition.type.isPerCPU else { return value }
        var result: [UInt8] = []
        for cpu in 0..<cpuCount {
            var own = value
            if !own.isEmpty { own[0] ^= UInt8(truncatingIfNeeded: cpu) }
            while own.count % 8 != 0 { own.append(0) }
            result += own
        }
        return result
    }

    private func show(_ value: [UInt8], _ definition: MapDefinition) -> String {
        guard definition.type == .arrayOfMaps || definition.type == .hashOfMaps else {
            return "= \(hex(value))"
        }
        let id = value.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return "= map \(innerNumber(id).map(String.init) ?? "?")"
    }

    private func showKeys(_ definition: MapDefinition) throws(KernelErrno) -> String {
        let shown = try walk().map(hex)
        return "= " + (definition.isUnordered ? shown.sorted() : shown).joined(separator: " ")
    }

    private func walk() throws(KernelErrno) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        var previous: [UInt8]?
        while keys.count <= 1000 {
            do {
                let key = try next(previous)
                keys.append(key)
                previous = key
            } catch {
                guard error == .noEntry else { throw error }
                break
            }
        }
        return keys
    }

    private func show(_ batch: BatchOutcome, _ definition: MapDefinition) -> String {
        let entries = batch.entries.map { entry in
            hex(entry.key) + ":" + show(entry.value, definition).dropFirst(2)
        }
        let ordered = definition.isUnordered ? entries.sorted() : entries
        let error = batch.errno.map(name) ?? "ok"
        return (["\(error) \(batch.count)"] + ordered).joined(separator: " ")
    }
}
