import EBPFObjectFile
import Foundation
import Testing

/// Damaged files: whatever comes out is a spec or a typed error, and comes soon.
@Suite struct RobustnessTests {
    /// How many damaged copies of each object to read; more than the default takes a while.
    static let rounds = ProcessInfo.processInfo.environment["MUTATIONS"].flatMap(Int.init)

    /// Reads all that there is; errors are fine, anything else ends the test run.
    static func read(_ bytes: [UInt8]) -> Bool {
        do {
            let specs = try ObjectFile(bytes, name: "damaged").specs()
            return specs.programs.values.allSatisfy { $0.instructions.count <= 1_000_000 }
        } catch {
            return !error.description.isEmpty
        }
    }

    @Test(arguments: Fixture.sound) func `an object cut off anywhere gives an error`(
        _ name: String
    ) throws {
        let bytes = try Fixture.bytes(name)
        for length in stride(from: 0, to: bytes.count, by: 101) {
            // Objects end with their table of sections, or with its names: without them no
            // object can be read.
            #expect(throws: ObjectFileError.self, "\(length) bytes") {
                try ObjectFile(Array(bytes[..<length]), name: name).specs()
            }
        }
    }

    @Test(arguments: Fixture.sound) func `changed bytes give a spec or an error`(
        _ name: String
    ) throws {
        var mutator = Mutator(try Fixture.bytes(name), seed: 0x5eed)
        for round in 0..<(Self.rounds ?? 100) {
            #expect(Self.read(mutator.next()), "round \(round)")
        }
    }

    @Test(
        .enabled(if: InstalledTools.isInstalled, "package libbpf-tools is not installed"),
        arguments: InstalledTools.paths.prefix(8)
    )
    func `changed bytes of a tool's object give a spec or an error`(_ path: String) throws {
        let object = ObjectFile.embedded(in: try ObjectFile.bytes(contentsOf: path))
        var mutator = Mutator(try #require(object.first).bytes, seed: 0x5eed)
        for round in 0..<(Self.rounds ?? 5) {
            #expect(Self.read(mutator.next()), "round \(round)")
        }
    }
}

/// Makes damaged copies of an object, the same ones for the same seed.
struct Mutator {
    private let original: [UInt8]
    private var state: UInt64

    init(_ bytes: [UInt8], seed: UInt64) {
        original = bytes
        state = seed
    }

    /// A copy with a few bytes changed, or fields set to numbers that are hard to bear.
    mutating func next() -> [UInt8] {
        var bytes = original
        for _ in 0...random(below: 6) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        // Half of the changes are in the tables at the end, where the structure is.
        let offset =
            random(below: 2) == 0
            ? random(below: bytes.count) : bytes.count - 1 - random(below: min(bytes.count, 4096))
        switch random(below: 4) {
        case 0: bytes[offset] = UInt8(truncatingIfNeeded: random(below: 256))
        case 1: bytes[offset] ^= 1 << random(below: 8)
        default:
            let numbers: [UInt64] = [
                0, 1, 7, 0xff, 0xffff, 0x7fff_ffff, 0xffff_ffff, .max, 1 << 63, 1 << 40,
                UInt64(bytes.count), UInt64(offset),
            ]
            let number = numbers[random(below: numbers.count)]
            let width = [2, 4, 8][random(below: 3)]
            let start = offset / width * width
            for index in 0..<width where start + index < bytes.count {
                bytes[start + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))
            }
        }
    }

    /// xorshift64*, good enough to hit every byte.
    private mutating func random(below limit: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % max(1, limit)
    }
}
