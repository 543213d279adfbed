import EBPFBytecode
import EBPFMaps

/// A small generator whose sequence depends on the seed only (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}

/// Makes random scripts in which keys meet again, maps become full, and flags are wrong at times.
struct ScriptGenerator {
    private var random: SeededGenerator
    private let definition: MapDefinition
    private let keys: [[UInt8]]

    init(_ definition: MapDefinition, seed: UInt64) {
        self.definition = definition
        var random = SeededGenerator(seed: seed)
        keys = Self.keys(definition, &random)
        self.random = random
    }

    /// A script of a number of steps.
    mutating func script(steps count: Int, inner: MapDefinition? = nil) -> MapScript {
        var steps: [ScriptStep] = []
        for number in 0..<count {
            // Some maps are frozen near the end; after that only look-ups do something.
            let freezes = number == count * 5 / 6 && Bool.random(using: &random)
            steps.append(freezes ? .freeze : step(hasInner: inner != nil))
        }
        return MapScript(definition: definition, inner: inner, steps: steps + [.keys])
    }

    private static func keys(
        _ definition: MapDefinition,
        _ random: inout SeededGenerator
    ) -> [[UInt8]] {
        switch definition.type {
        case .queue, .stack, .bloomFilter, .ringBuffer, .userRingBuffer: return [[]]
        case .longestPrefixMatchTrie: return prefixes(definition.keySize - 4, &random)
        default: break
        }
        guard !definition.isUnordered else {
            return (0..<(min(definition.maxEntries, 12) + 4)).map { _ in
                (0..<definition.keySize).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
        }
        let numbers = Array(0..<UInt32(definition.maxEntries + 2)) + [.max]
        return numbers.map { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
    }

    /// Prefixes of few different bits, so that they contain each other, and some too long ones.
    private static func prefixes(
        _ byteCount: Int,
        _ random: inout SeededGenerator
    ) -> [[UInt8]] {
        (0..<40).map { _ in
            let length = UInt8.random(in: 0...UInt8(min(250, byteCount * 8 + 1)), using: &random)
            let patterns: [UInt8] = [0, 0xff, 0x80, 0xc0, 0x40, 0x01]
            let bits = (0..<byteCount).map { _ in patterns.randomElement(using: &random) ?? 0 }
            return [length, 0, 0, 0] + bits
        }
    }

    private mutating func key() -> [UInt8] { keys.randomElement(using: &random) ?? [] }

    private mutating func value() -> [UInt8] {
        switch definition.type {
        case .deviceMap, .deviceMapHash:
            let index: [UInt8] = [UInt8.random(in: 0...1, using: &random), 0, 0, 0]
            return definition.valueSize == 4 ? index : index + [0, 0, 0, 0]
        case .cpuMap:
            let sizes: [[UInt8]] = [[0, 0, 0, 0], [16, 0, 0, 0], [0, 64, 0, 0], [1, 64, 0, 0]]
            let size = sizes.randomElement(using: &random) ?? []
            return definition.valueSize == 4 ? size : size + [0, 0, 0, 0]
        case .bloomFilter:
            let number = UInt8.random(in: 0..<32, using: &random)
            return [number] + [UInt8](repeating: 1, count: definition.valueSize - 1)
        case .programArray, .perfEventArray, .arrayOfMaps, .hashOfMaps, .xskMap:
            return [0xff, 0xff, 0xff, 0x7f]
        default:
            return (0..<definition.valueSize).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
    }

    private mutating func flags() -> UInt64 {
        [0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 8, 1 << 32].randomElement(using: &random) ?? 0
    }

    private mutating func readFlags() -> UInt64 {
        [0, 0, 0, 0, 0, 0, 0, 1, 4, 8].randomElement(using: &random) ?? 0
    }

    /// A limit for batches; hashes read whole buckets, so a small limit depends on the hash.
    private mutating func limit() -> Int {
        guard !definition.isUnordered else {
            return Bool.random(using: &random) ? definition.maxEntries + 4 : 0
        }
        return Int.random(in: 0...8, using: &random)
    }

    private mutating func step(hasInner: Bool) -> ScriptStep {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<36:
            guard hasInner, Int.random(in: 0..<8, using: &random) > 0 else {
                return .update(key: key(), value: value(), flags: flags())
            }
            let inner = Int.random(in: 0..<5, using: &random)
            return .insertMap(key: key(), inner: inner, flags: flags())
        case 36..<56:
            return definition.type == .bloomFilter
                ? .contains(value: value()) : .lookup(key: key(), flags: readFlags())
        case 56..<68: return .delete(key: key())
        case 68..<76: return .take(key: key(), flags: readFlags())
        case 76..<84: return .next(key: Bool.random(using: &random) ? key() : nil)
        case 84..<88: return .keys
        case 88..<91: return .readBatch(limit: limit(), flags: readFlags())
        case 91..<93: return .takeBatch(limit: limit(), flags: readFlags())
        case 93..<96:
            let count = Int.random(in: 0...4, using: &random)
            var keys: [[UInt8]] = []
            var values: [[UInt8]] = []
            for _ in 0..<count {
                keys.append(key())
                values.append(value())
            }
            return .updateBatch(keys: keys, values: values, flags: flags())
        case 96..<99:
            var keys: [[UInt8]] = []
            for _ in 0..<Int.random(in: 0...3, using: &random) { keys.append(key()) }
            return .deleteBatch(keys: keys, flags: readFlags())
        default:
            return .keys
        }
    }
}
