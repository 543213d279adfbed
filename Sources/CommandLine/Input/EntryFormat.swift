import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// How the keys and values of a map are written and read by people.
struct EntryFormat {
    let spec: MapSpec
    let key: ValueFormat
    let value: ValueFormat
    /// Keys of prefix tries have a notation of their own.
    let keys: LPMKey
    /// How many values a key has in a per-CPU map; else 1.
    let valuesPerKey: Int

    init(_ spec: MapSpec, types: BTF?, cpuCount: Int) {
        self.spec = spec
        key = Self.format(spec.keyType, Int(spec.keySize), types)
        value = Self.format(spec.valueType, Int(spec.valueSize), types)
        keys = LPMKey(spec, key)
        valuesPerKey = spec.type.isPerCPU ? cpuCount : 1
    }

    private static func format(_ type: TypeID?, _ size: Int, _ types: BTF?) -> ValueFormat {
        guard let types, let type, let format = try? types.format(of: type),
            format.size == size || size == 0
        else { return ValueFormat(untypedOf: size) }
        return format
    }
}

// MARK: From text

extension EntryFormat {
    /// A key's bytes from text.
    func key(from text: String) throws(BTFError) -> [UInt8] {
        try key.bytes(from: keys.literal(text))
    }

    /// A value's bytes from text; of a per-CPU map, every CPU gets the value.
    func value(from text: String) throws(BTFError) -> [UInt8] {
        spread(try value.bytes(from: text))
    }

    /// One value for all CPUs, each padded to 8 bytes.
    func spread(_ value: [UInt8]) -> [UInt8] {
        guard spec.type.isPerCPU else { return value }
        let padded = value + Array(repeating: 0, count: (8 - value.count % 8) % 8)
        return Array(repeatElement(padded, count: valuesPerKey).joined())
    }

    /// Key and value from `KEY:VALUE`.
    ///
    /// Keys may contain colons (IPv6): the last place where both sides can be read counts.
    ///
    /// - Throws: ``Failure`` saying which side cannot be read, and why.
    func entry(from text: String) throws -> (key: [UInt8], value: [UInt8]) {
        for colon in text.indices.reversed() where text[colon] == ":" {
            guard let key = try? key(from: String(text[..<colon])),
                let value = try? value(from: String(text[text.index(after: colon)...]))
            else { continue }
            return (key, value)
        }
        throw Failure(message: explain(text))
    }

    /// What is wrong with an entry that cannot be read: its key, else its value.
    private func explain(_ entry: String) -> String {
        guard let colon = entry.firstIndex(of: ":") else { return "write KEY:VALUE" }
        do throws(BTFError) { _ = try key(from: String(entry[..<colon])) } catch {
            return "the key: \(error.explanation)"
        }
        do throws(BTFError) {
            _ = try value(from: String(entry[entry.index(after: colon)...]))
        } catch {
            return "the value: \(error.explanation)"
        }
        return "the key or the value is not of the map's type"
    }
}

// MARK: To text

extension EntryFormat {
    /// A key's value by its type; bytes where the type does not fit.
    func typedKey(_ bytes: [UInt8]) -> TypedValue { Self.typed(bytes, key) }

    /// The values of a key: one, or one for each CPU.
    func typedValues(_ bytes: [UInt8]) -> [TypedValue] {
        split(bytes).map { Self.typed($0, value) }
    }

    /// The values of all CPUs lie one after the other, each padded to 8 bytes.
    func split(_ bytes: [UInt8]) -> [[UInt8]] {
        guard valuesPerKey > 1 else { return [bytes] }
        let size = Int(spec.valueSize)
        let stride = (size + 7) / 8 * 8
        return (0..<valuesPerKey).compactMap { cpu in
            let start = cpu * stride
            return start + size <= bytes.count ? Array(bytes[start..<start + size]) : nil
        }
    }

    private static func typed(_ bytes: [UInt8], _ format: ValueFormat) -> TypedValue {
        (try? format.value(in: bytes)) ?? TypedValue(untyped: bytes)
    }
}

extension BTFError {
    /// What is wrong, without the place that the caller knows better.
    var explanation: String {
        let text = "\(self)"
        return text.hasPrefix("value: ") ? String(text.dropFirst(7)) : text
    }
}
