import EBPFObjectFile
import Foundation
import Testing

/// The compiled cases that are checked in; `Scripts/fixtures` makes them.
enum Fixture {
    /// The cases that read without an error.
    static let sound = [
        "maps", "globals", "functions", "core", "structops", "legacy", "sections", "gcc", "rust",
    ]

    /// The bytes of a case.
    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(
            Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "o")
        )
        return Array(try Data(contentsOf: url))
    }

    /// What a case describes.
    static func specs(_ name: String) throws -> ObjectSpecs {
        try ObjectFile(try bytes(name), name: "\(name).o").specs()
    }
}
