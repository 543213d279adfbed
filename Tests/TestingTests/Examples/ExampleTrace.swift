import EBPFProgram
import EBPFTesting

/// What an example leaves behind in a world: the same in every form.
struct ExampleTrace: Equatable {
    var verdicts: [Int32] = []
    var packets: [[UInt8]] = []
    var maps: [String: Set<[UInt8]>] = [:]
    var numbers: [String: [UInt64]] = [:]

    /// Adds what came of a packet.
    mutating func add(_ verdict: some Verdict, _ world: TestWorld) {
        verdicts.append(verdict.rawValue)
        packets.append(world.packet)
    }

    /// Adds the entries of a map.
    mutating func add<Key, Value>(_ name: String, _ map: TestMap<Key, Value>) {
        maps[name] = Set(map.entries.map { Self.bytes(of: $0.key) + Self.bytes(of: $0.value) })
    }

    private static func bytes<Value: BitwiseCopyable>(of value: Value) -> [UInt8] {
        unsafe withUnsafeBytes(of: value) { unsafe [UInt8]($0) }
    }

    /// The packets of a capture in `Examples/Captures` that the kernel takes, too: with a whole
    /// Ethernet header.
    static func packets(_ name: String) throws -> [TestPacket] {
        let here = #filePath
        let root = here.firstRange(of: "/Tests/").map { here[..<$0.lowerBound] } ?? ""
        return try TestPacket.capture("\(root)/Examples/Captures/\(name)")
            .filter { $0.bytes.count >= 14 }
    }
}
