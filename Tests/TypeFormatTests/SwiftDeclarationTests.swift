import EBPFTypeFormat
import Foundation
import Testing

/// Swift declarations are given to the compiler, which says where it puts things.
@Suite struct SwiftDeclarationTests {
    @Test func `each form of C has one in Swift`() throws {
        let types = try Fixture.kinds()
        let everything = try #require(types.first(named: "everything", kind: .structure))
        let text = try types.swiftDeclaration(of: everything)
        for part in [
            "public struct everything: BitwiseCopyable, Sendable {", "public var letter: CChar",
            "public var comm: InlineArray<16, CChar>", "public var state: state",
            "public var matrix: InlineArray<2, InlineArray<3, Int32>>",
            "public var next: Address<later>", "public var function: Address<Function>",
            "public enum later {}", "public var real: everything_real",
            "public var single: Float {",
            "public var bits: bits", "public var x: UInt32 {", "public var precise: Double",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test(.enabled(if: SwiftCompiler.isAvailable, "swiftc is not installed"))
    func `the compiler lays out the fixtures as they are`() throws {
        for name in ["kinds", "layouts"] {
            let types = try BTF(Fixture.bytes(name))
            let ids = types.typeIDs.filter {
                types.kind(of: $0) == .structure || types.kind(of: $0) == .union
            }
            try expectSameLayouts(types, ids.filter { (try? types.name(of: $0)) != "" })
        }
    }

    @Test(
        .enabled(if: SwiftCompiler.isAvailable, "swiftc is not installed"),
        .enabled(if: RunningKernel.isReadable, "the running kernel shows its types")
    )
    func `the compiler lays out types of the kernel as they are`() throws {
        let types = try BTF(RunningKernel.bytes())
        let names = [
            "list_head", "path", "sk_buff", "sock", "task_struct", "file", "inode", "ethhdr",
            "iphdr", "ipv6hdr", "tcphdr", "udphdr", "xdp_md", "__sk_buff", "bpf_sock_ops", "cred",
            "pt_regs", "trace_event_raw_sys_enter", "linux_binprm", "net_device", "dentry",
        ]
        let ids = names.compactMap { types.first(named: $0, kind: .structure) }
        try #require(ids.count > 15)
        try expectSameLayouts(types, ids)
    }

    /// Compares sizes, offsets of stored members, and where accessors find the bits of a member.
    private func expectSameLayouts(_ types: BTF, _ ids: [TypeID]) throws {
        var source = try types.swiftHeader(of: ids)
        var expected: [String] = []
        source += "\nfunc show<T>(_ type: T.Type, _ name: String, _ offsets: [Int?]) {\n"
        source +=
            "    print(name, MemoryLayout<T>.size, offsets.map { $0.map(String.init) ?? \"-\" }"
        source += ".joined(separator: \" \"))\n}\n"
        for id in ids {
            let name = try types.name(of: id)
            guard types.kind(of: id) == .structure else { continue }
            let members = try types.members(of: id).filter {
                let size = try types.size(of: $0.type)
                return !$0.name.isEmpty && $0.bitFieldSize == nil && size > 0
                    && source.contains("var \($0.name): ")
            }
            let paths = members.map { "MemoryLayout<\(name)>.offset(of: \\.\($0.name))" }
            guard members.allSatisfy({ $0.name.first?.isLetter == true }) else { continue }
            // Only stored members have an offset, and all of a struct are, or none.
            source += "show(\(name).self, \"\(name)\", [\(paths.joined(separator: ", "))])\n"
            let offsets = try members.map {
                try types.size(of: $0.type) == 0 ? "-" : "\($0.byteOffset)"
            }
            expected.append(
                "\(name) \(try types.size(of: id)) \(offsets.joined(separator: " "))"
            )
        }
        let found = try SwiftCompiler.run(source)
        try #require(found.count == expected.count)
        for (ours, theirs) in zip(expected, found) where ours != theirs {
            // A packed struct stores bytes: no member has an offset, but the size is right.
            let (ours, theirs) = (ours.split(separator: " "), theirs.split(separator: " "))
            #expect(ours[1] == theirs[1], "\(ours[0])")
            for (ours, theirs) in zip(ours, theirs) where theirs != "-" {
                #expect(ours == theirs)
            }
        }
    }
}

/// The compiler that built the tests.
private enum SwiftCompiler {
    static let swiftc = Tool("swiftc")
    static var isAvailable: Bool { swiftc != nil }

    /// The lines that a source prints.
    static func run(_ source: String) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("main.swift")
        try Data(source.utf8).write(to: file)
        let program = folder.appendingPathComponent("program").path
        let compilation = try #require(swiftc).run([
            "-swift-version", "6", "-strict-memory-safety", "-Onone", file.path, "-o", program,
        ])
        try #require(compilation.status == 0, "\(compilation.errors.prefix(3_000))")
        let run = try #require(Tool(program)).run([])
        return String(decoding: run.output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
