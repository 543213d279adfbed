import EBPFBytecode
import Foundation

@testable import EBPFMachineCode

/// Runs machine code of arm64 under `qemu-aarch64-static`: many programs in one process, because
/// starting one takes as long as a thousand of them.
struct ARM64Guest {
    /// Why there is no guest here; `nil` if there is one.
    static let absence: String? = {
        if case .failure(let error) = driver { return "no arm64 guest: \(error)" }
        return nil
    }()

    /// The program around the machine code, compiled once.
    private static let driver = Result<String, any Error> {
        try Toolchain.run("qemu-aarch64-static", "--version")
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Guest/driver.c")
        let driver = FileManager.default.temporaryDirectory
            .appendingPathComponent("arm64-driver-\(ProcessInfo.processInfo.processIdentifier)")
        try Toolchain.run(
            "clang", "--target=aarch64-linux-gnu", "-march=armv8.1-a", "-O2", "-ffreestanding",
            "-fno-builtin", "-fno-stack-protector", "-static", "-nostdlib", "-fuse-ld=lld",
            source.path, "-o", driver.path)
        atexit { ARM64Guest.removeDriver() }
        return driver.path
    }

    private static func removeDriver() {
        if case .success(let path) = driver { try? FileManager.default.removeItem(atPath: path) }
    }

    private var code: [UInt8]
    private var words: [UInt64] = []
    private var contextByteCounts: [Int] = []

    init() { code = Self.padded(ARM64Gate.code().code) }

    /// How many runs have been added.
    var count: Int { contextByteCounts.count }

    /// Compiles a program for the guest to run.
    ///
    /// - Parameters:
    ///   - functions: the addresses of the functions that the program takes, by the slot of the
    ///     constant.
    ///   - adjust: says more about the unit.
    mutating func add(
        _ run: GuestRun, functions: [Int: UInt64], _ adjust: (inout CodeUnit) -> Void = { _ in }
    ) throws {
        var unit = CodeUnit(run.program)
        unit.functionAddresses = functions
        adjust(&unit)
        let analysis = try UnitAnalysis(unit)
        let compiled = try ARM64Emitter.emit(analysis)
        let start = UInt64(code.count)
        var places: [UInt64: UInt64] = [:]
        for (slot, address) in functions {
            guard
                case .loadImmediate(_, .function(let by)) =
                    try Instruction(decoding: run.program, at: slot),
                let entry = compiled.entries[slot + 1 + Int(by)]
            else { continue }
            places[address] = start + UInt64(entry)
        }
        words += [
            start + UInt64(compiled.entries[0] ?? 0), UInt64(run.budget), UInt64(places.count),
        ]
        for (address, place) in places.sorted(by: { $0.key < $1.key }) {
            words += [address, place]
        }
        words.append(UInt64(run.context.count))
        words += Self.words(Self.padded(run.context, to: 8))
        code += Self.padded(compiled.code)
        contextByteCounts.append(run.context.count)
    }

    /// Runs everything that was added.
    func run() throws -> [GuestOutcome] {
        let header: [UInt64] = [
            0x34_364d_5241, UInt64(code.count), UInt64(words.count), UInt64(count),
        ]
        let folder = FileManager.default.temporaryDirectory
        let name = "arm64-runs-" + UUID().uuidString
        let input = folder.appendingPathComponent(name)
        let output = folder.appendingPathComponent(name + ".out")
        defer {
            try? FileManager.default.removeItem(at: input)
            try? FileManager.default.removeItem(at: output)
        }
        try Data(Self.bytes(header) + code + Self.bytes(words)).write(to: input)
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["qemu-aarch64-static", try Self.driver.get()]
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Toolchain.Failure(
                description: "the guest ended with \(process.terminationStatus)")
        }
        let results = Self.words([UInt8](try Data(contentsOf: output)))
        var rest = results[...]
        return contextByteCounts.map { byteCount in
            let words = rest.prefix(3 + (byteCount + 7) / 8)
            rest = rest.dropFirst(words.count)
            return outcome(Array(words), byteCount)
        }
    }

    private func outcome(_ words: [UInt64], _ byteCount: Int) -> GuestOutcome {
        let context = Array(Self.bytes(Array(words[3...])).prefix(byteCount))
        return words[1] == 0
            ? GuestOutcome(result: words[0], context: context)
            : GuestOutcome(slot: Int(words[2]), context: context)
    }

    private static func padded(_ bytes: [UInt8], to multiple: Int = 16) -> [UInt8] {
        bytes + Array(repeating: 0, count: (multiple - bytes.count % multiple) % multiple)
    }

    private static func bytes(_ words: [UInt64]) -> [UInt8] {
        words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
    }

    private static func words(_ bytes: [UInt8]) -> [UInt64] {
        stride(from: 0, to: bytes.count - 7, by: 8).map { at in
            (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
        }
    }
}
