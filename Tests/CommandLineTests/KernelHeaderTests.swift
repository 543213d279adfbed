import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat
import Testing

/// `vmlinux.h`, as a compiler understands it, against the types that it was made from.
@Suite(
    .enabled("the kernel shows its types") { KernelTypes.areReadable },
    .enabled("clang is here") { hasClang })
struct KernelHeaderTests {
    /// What a type's members, or an enumeration's values, are and where.
    private struct Layout: Hashable {
        let size: Int
        let members: [String]
    }

    /// A type as C names it: `struct list_head`.
    private static func described(_ id: TypeID, _ types: BTF) -> (name: String, Layout)? {
        switch try? types.type(id) {
        case .structure(let type)?: composite("struct", type)
        case .union(let type)?: composite("union", type)
        case .enumeration(let type)? where !type.name.isEmpty && !type.enumerators.isEmpty:
            (
                "enum \(type.name)",
                Layout(
                    size: type.size,
                    members: type.enumerators.map {
                        // The compiler chooses the sign of an enumeration by itself.
                        "\(original($0.name)) \(UInt64(bitPattern: $0.value) << UInt64(64 - 8 * type.size))"
                    })
            )
        default: nil
        }
    }

    /// A name without the ending that tells it from others: C knows each enumerator only once.
    private static func original(_ name: String) -> String {
        guard let end = name.firstRange(of: "___"),
            name[end.upperBound...].allSatisfy(\.isNumber)
        else { return name }
        return String(name[..<end.lowerBound])
    }

    private static func composite(
        _ keyword: String, _ type: CompositeType
    ) -> (name: String, Layout)? {
        guard !type.name.isEmpty, !type.members.isEmpty else { return nil }
        return (
            "\(keyword) \(type.name)",
            Layout(size: type.size, members: type.members.map { "\($0.name) \($0.bitOffset)" })
        )
    }

    @Test func `a compiler lays the types out as the kernel has them`() async throws {
        let kernel = try KernelTypes.shared.vmlinux()
        var wanted: [String: Set<Layout>] = [:]
        for id in kernel.typeIDs {
            guard let (name, layout) = Self.described(id, kernel) else { continue }
            wanted[name, default: []].insert(layout)
        }
        // C has one name for structs, unions and enumerations: of several, the header renames all
        // but the first.
        let tags = Dictionary(grouping: wanted.keys) { $0.split(separator: " ").last ?? "" }
        for names in tags.values where names.count > 1 {
            for name in names { wanted[name] = nil }
        }
        var source = try kernel.header()
        for (index, name) in wanted.keys.sorted().enumerated() {
            source += "\n\(name) *use\(index);"
        }
        let program = try await CCompiler().compile(.text(source + "\n", name: "all.bpf.c"))
        let compiled = try #require(try ObjectFile(program.bytes, name: "all").specs().types)
        var found: [String: Layout] = [:]
        for id in compiled.typeIDs {
            guard let (name, layout) = Self.described(id, compiled) else { continue }
            found[name] = layout
        }
        for (name, layouts) in wanted {
            guard let layout = found[name] else {
                Issue.record("\(name) is not in the header")
                continue
            }
            #expect(layouts.contains(layout), "\(name)")
        }
        #expect(wanted.count > 1000)
    }
}
