import Foundation
import Testing

/// `ebpf btf check --btf DIRECTORY` with the kernels that the guests run.
@Suite(
    .enabled("kernels of guests are in ~/.cache/swift-ebpf, and can be unpacked") {
        !GuestKernel.all.isEmpty
    }, .enabled("clang is here") { hasClang })
struct GuestTypesTests {
    @Test func `an object is checked against kernels that are not running`() async throws {
        let workspace = try Workspace()
        let directory = "\(workspace.path)/kernels"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        for kernel in GuestKernel.all { try kernel.unpack(to: "\(directory)/\(kernel.name)") }
        // Linux 6.13 made f_ref of f_count.
        func source(_ member: String) -> String {
            """
            struct file { unsigned long \(member); } __attribute__((preserve_access_index));
            __attribute__((section("raw_tp/sys_enter"))) int read(struct file *file) {
                return file->\(member);
            }
            """
        }
        let old = try workspace.file("old.bpf.c", source("f_count"))
        let fits = await Session.run("btf", "check", old, "--btf", directory, "--json")
        #expect(fits.errors == "")
        let list = try JSONSerialization.jsonObject(with: Data(fits.output.utf8))
        let reports = try #require(list as? [[String: Any]])
        #expect(reports.count == GuestKernel.all.count)
        #expect(reports.allSatisfy { $0["fits"] as? Bool == true })
        let new = try workspace.file("new.bpf.c", source("f_ref"))
        let misses = await Session.run("btf", "check", new, "--btf", directory)
        #expect(misses.output.contains("1 missing"))
        #expect(misses.output.contains("f_ref"))
    }
}

/// The kernel of a guest, packed as it boots.
private struct GuestKernel {
    let name: String
    private let path: String

    private struct Unusable: Error {}

    /// Those that are here, older than Linux 6.13, and whose packing a tool can undo.
    static let all: [GuestKernel] = {
        let home = ProcessInfo.processInfo.environment["HOME"] ?? "/root"
        let cache = home + "/.cache/swift-ebpf/guest"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []
        return ["6.1", "6.12"].filter { names.contains($0) }
            .map { GuestKernel(name: $0, path: "\(cache)/\($0)/vmlinuz") }
            .filter { (try? $0.payload()) != nil }
    }()

    /// The packed kernel within the file, and what unpacks it (`Documentation/arch/x86/boot.rst`).
    private func payload() throws -> (bytes: Data, tool: String) {
        let file = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        func number(_ offset: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(file[offset + $1]) << (8 * $1) }
        }
        guard file.count > 0x250, file[0x202..<0x206] == Data("HdrS".utf8) else { throw Unusable() }
        let start = (max(Int(file[0x1f1]), 1) + 1) * 512 + number(0x248)
        guard start + number(0x24c) <= file.count else { throw Unusable() }
        let bytes = file[start..<start + number(0x24c)]
        let tools: [([UInt8], String)] = [
            ([0x28, 0xb5, 0x2f, 0xfd], "/usr/bin/zstd"), ([0xfd, 0x37, 0x7a], "/usr/bin/xz"),
            ([0x1f, 0x8b], "/usr/bin/gzip"), ([0x02, 0x21, 0x4c, 0x18], "/usr/bin/lz4"),
        ]
        guard let tool = tools.first(where: { bytes.starts(with: $0.0) })?.1,
            FileManager.default.isExecutableFile(atPath: tool)
        else { throw Unusable() }
        return (bytes, tool)
    }

    /// Writes the kernel as an ELF file.
    func unpack(to target: String) throws {
        let (bytes, tool) = try payload()
        try bytes.write(to: URL(filePath: target + ".packed"))
        try Data().write(to: URL(filePath: target))
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = ["-dc"]
        process.standardInput = try FileHandle(
            forReadingFrom: URL(filePath: target + ".packed"))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: target))
        // The kernel's size stands behind the packed bytes, which tools call garbage.
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try FileManager.default.removeItem(atPath: target + ".packed")
    }
}
