import EBPFExecution
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

@testable import EBPFCompilation

/// What of Swift a kernel program may use: the same numbers natively, in our machine, in the kernel.
@Suite(.enabled("a Swift toolchain that generates BPF") { await KernelSwift.isAvailable() })
struct FeatureTests {
    private static let packet = [UInt8](repeating: 0, count: Feature.packetLength)

    /// All features are one source: one compilation instead of a hundred.
    private static let specs = Task {
        try await KernelSwift.compile(Feature.kernelSource(Feature.all), name: "Features.swift")
    }

    /// The object with one program only.
    private static func specs(_ number: Int) async throws -> ObjectSpecs {
        var specs = try await specs.value
        specs.programs = specs.programs.filter { $0.key == "feature\(number)" }
        try #require(specs.programs.count == 1)
        return specs
    }

    @Test(arguments: Array(Feature.all.enumerated()).map(NumberedFeature.init))
    func `a feature works in our machine`(_ feature: NumberedFeature) async throws {
        let object = try UserSpaceHost().load(await Self.specs(feature.number))
        let program = try #require(object.programs["feature\(feature.number)"])
        let result = try program.run(packet: Self.packet)
        #expect(Int(Int32(truncatingIfNeeded: result.returned)) == feature.feature.expected)
    }

    @Test(.liveKernel, arguments: Array(Feature.all.enumerated()).map(NumberedFeature.init))
    func `a feature works in the kernel`(_ feature: NumberedFeature) async throws {
        let object = try KernelHost().load(await Self.specs(feature.number))
        let program = try #require(object.programs["feature\(feature.number)"])
        let result = try program.run(packet: Self.packet)
        #expect(Int(Int32(truncatingIfNeeded: result.returned)) == feature.feature.expected)
    }

    @Test func `the features give the same natively`() async throws {
        try await withTemporaryDirectory { directory in
            let source = try directory.file("Native.swift", Feature.nativeSource(Feature.all))
            let toolchain = try SwiftToolchain(chosen: nil, environment: .current)
            let built = try await Self.run(
                toolchain.swiftc,
                [
                    "-swift-version", "6", "-parse-as-library", source, "-o",
                    "\(directory.path)/native",
                ],
                directory)
            try #require(built.succeeded, "\(built.output)")
            let result = try await Self.run("\(directory.path)/native", [], directory)
            let numbers = result.output.split(separator: "\n").map { Int($0) }
            #expect(numbers.count == Feature.all.count)
            for (feature, number) in zip(Feature.all, numbers) {
                #expect(feature.expected == number, "\(feature)")
            }
        }
    }

    private static func run(
        _ executable: String, _ arguments: [String], _ directory: TemporaryDirectory
    ) async throws -> CompilerProcess.Result {
        try await CompilerProcess(
            executable: executable, arguments: arguments, temporaryDirectory: directory.path,
            limit: .seconds(120)
        ).run()
    }
}

/// A feature and the number of its program.
struct NumberedFeature: Sendable, CustomTestStringConvertible {
    let number: Int
    let feature: Feature

    init(_ number: Int, _ feature: Feature) { (self.number, self.feature) = (number, feature) }

    var testDescription: String { feature.name }
}
