import Foundation
import Testing

@testable import EBPFKernel

/// What gzip makes is undone.
@Suite struct InflationTests {
    static let gzip = ["/usr/bin/gzip", "/bin/gzip"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static func packed(_ bytes: [UInt8], _ options: String...) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "ebpf-\(UUID())")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: try #require(gzip))
        process.arguments = options + ["-c", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](output)
    }

    /// Nothing, text that repeats, noise that is stored, and something of both.
    private static var samples: [[UInt8]] {
        var state: UInt64 = 42
        let noise = (0..<5_000).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        let text = (0..<400).flatMap { Array("CONFIG_OPTION_\($0 * 7919 % 1000)=y\n".utf8) }
        return [[], [7], Array(repeating: 0, count: 100_000), text, noise, text + noise + text]
    }

    @Test(.enabled("gzip is installed") { gzip != nil }, arguments: ["-1", "-6", "-9", "-n9"])
    func `what gzip packs is unpacked`(_ option: String) throws {
        for sample in Self.samples {
            #expect(try Inflation.gunzip(try Self.packed(sample, option)) == sample)
        }
    }

    @Test(.enabled("gzip is installed") { gzip != nil })
    func `damaged bytes are an error`() throws {
        let packed = try Self.packed(Self.samples[3])
        #expect(throws: Inflation.Failure.notGzip) { try Inflation.gunzip([1, 2, 3]) }
        #expect(throws: Inflation.Failure.tooLarge) { try Inflation.gunzip(packed, limit: 100) }
        for count in 18..<packed.count - 8 where count % 7 == 0 {
            #expect(throws: Inflation.Failure.self) {
                try Inflation.gunzip(Array(packed.prefix(count)))
            }
        }
        for index in packed.indices.dropFirst(10) {
            var damaged = packed
            damaged[index] ^= 0x10
            // An error or another text, but an end.
            _ = try? Inflation.gunzip(damaged, limit: 1 << 20)
        }
    }
}
