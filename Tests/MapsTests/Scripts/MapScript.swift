import EBPFBytecode
import EBPFMaps

/// One operation on a map, as a line of text.
enum ScriptStep: Hashable, CustomStringConvertible {
    case update(key: [UInt8], value: [UInt8], flags: UInt64)
    case insertMap(key: [UInt8], inner: Int, flags: UInt64)
    case lookup(key: [UInt8], flags: UInt64)
    case contains(value: [UInt8])
    case delete(key: [UInt8])
    case take(key: [UInt8], flags: UInt64)
    case next(key: [UInt8]?)
    case keys
    case freeze
    case readBatch(limit: Int, flags: UInt64)
    case takeBatch(limit: Int, flags: UInt64)
    case updateBatch(keys: [[UInt8]], values: [[UInt8]], flags: UInt64)
    case deleteBatch(keys: [[UInt8]], flags: UInt64)

    var description: String {
        switch self {
        case .update(let key, let value, let flags): "update \(hex(key)) \(hex(value)) \(flags)"
        case .insertMap(let key, let inner, let flags): "insert \(hex(key)) \(inner) \(flags)"
        case .lookup(let key, let flags): "lookup \(hex(key)) \(flags)"
        case .contains(let value): "contains \(hex(value))"
        case .delete(let key): "delete \(hex(key))"
        case .take(let key, let flags): "take \(hex(key)) \(flags)"
        case .next(let key): "next \(key.map(hex) ?? "first")"
        case .keys: "keys"
        case .freeze: "freeze"
        case .readBatch(let limit, let flags): "read-batch \(limit) \(flags)"
        case .takeBatch(let limit, let flags): "take-batch \(limit) \(flags)"
        case .updateBatch(let keys, let values, let flags):
            "update-batch \(list(keys)) \(list(values)) \(flags)"
        case .deleteBatch(let keys, let flags): "delete-batch \(list(keys)) \(flags)"
        }
    }

    /// The step that a line describes.
    init?(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        func bytes(_ index: Int) -> [UInt8] { index < words.count ? unhex(words[index]) : [] }
        func flags(_ index: Int) -> UInt64 { index < words.count ? UInt64(words[index]) ?? 0 : 0 }
        func many(_ index: Int) -> [[UInt8]] {
            guard index < words.count, words[index] != "." else { return [] }
            return words[index].split(separator: ",").map { unhex(String($0)) }
        }
        switch words.first {
        case "update": self = .update(key: bytes(1), value: bytes(2), flags: flags(3))
        case "insert": self = .insertMap(key: bytes(1), inner: Int(flags(2)), flags: flags(3))
        case "lookup": self = .lookup(key: bytes(1), flags: flags(2))
        case "contains": self = .contains(value: bytes(1))
        case "delete": self = .delete(key: bytes(1))
        case "take": self = .take(key: bytes(1), flags: flags(2))
        case "next": self = .next(key: words.last == "first" ? nil : bytes(1))
        case "keys": self = .keys
        case "freeze": self = .freeze
        case "read-batch": self = .readBatch(limit: Int(flags(1)), flags: flags(2))
        case "take-batch": self = .takeBatch(limit: Int(flags(1)), flags: flags(2))
        case "update-batch": self = .updateBatch(keys: many(1), values: many(2), flags: flags(3))
        case "delete-batch": self = .deleteBatch(keys: many(1), flags: flags(2))
        default: return nil
        }
    }
}

/// A map and what is done with it.
struct MapScript {
    var definition: MapDefinition
    var inner: MapDefinition?
    var steps: [ScriptStep]

    /// The shapes of the maps that `insert` can name: the right one, and some that do not fit.
    var innerCandidates: [MapDefinition] {
        guard let inner else { return [] }
        var otherSize = inner
        otherSize.valueSize += 4
        var otherCount = inner
        otherCount.maxEntries += 1
        var otherFlags = inner
        otherFlags.flags.formSymmetricDifference(.readOnlyForPrograms)
        return [inner, otherSize, otherCount, otherFlags, inner]
    }
}

extension MapDefinition {
    /// The shape as a line of text.
    var scriptLine: String {
        "\(type.rawValue) key=\(keySize) value=\(valueSize) entries=\(maxEntries) "
            + "flags=\(flags.rawValue) extra=\(extra)"
    }

    /// The shape that a line describes.
    init?(scriptLine: String) {
        var fields: [String: UInt64] = [:]
        let words = scriptLine.split(separator: " ").map(String.init)
        for word in words.dropFirst() {
            let parts = word.split(separator: "=").map(String.init)
            guard parts.count == 2, let value = UInt64(parts[1]) else { return nil }
            fields[parts[0]] = value
        }
        guard let number = words.first.flatMap({ UInt32($0) }), let type = MapType(rawValue: number)
        else { return nil }
        self.init(
            type: type,
            keySize: Int(fields["key"] ?? 0),
            valueSize: Int(fields["value"] ?? 0),
            maxEntries: Int(fields["entries"] ?? 0),
            flags: MapFlags(rawValue: UInt32(fields["flags"] ?? 0)),
            extra: fields["extra"] ?? 0
        )
    }

    /// Whether the order of keys is nobody's business.
    var isUnordered: Bool {
        switch type {
        case .hash, .perCPUHash, .lruHash, .lruPerCPUHash, .hashOfMaps, .deviceMapHash: true
        default: false
        }
    }
}

func hex(_ bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "-" }
    return bytes.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }.joined()
}

func unhex(_ text: String) -> [UInt8] {
    guard text != "-" else { return [] }
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
        UInt8(digits[$0] * 16 + digits[$0 + 1])
    }
}

private func list(_ items: [[UInt8]]) -> String {
    items.isEmpty ? "." : items.map(hex).joined(separator: ",")
}

/// The usual name of an error number.
func name(of errno: KernelErrno) -> String {
    let names: [Int32: String] = [
        1: "EPERM", 2: "ENOENT", 7: "E2BIG", 9: "EBADF", 11: "EAGAIN", 12: "ENOMEM",
        14: "EFAULT", 16: "EBUSY", 17: "EEXIST", 19: "ENODEV", 22: "EINVAL", 28: "ENOSPC",
        75: "EOVERFLOW", 95: "EOPNOTSUPP", 524: "ENOTSUPP",
    ]
    return names[errno.rawValue] ?? "errno \(errno.rawValue)"
}
