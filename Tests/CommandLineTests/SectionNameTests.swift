import EBPFCompilation
import EBPFObjectFile
import Testing

/// Sections that are called like what is in them; some clangs confuse the two.
@Suite(.enabled("clang is here") { hasClang })
struct SectionNameTests {
    private static let rows = [
        ("license", "char license[] SEC(\"license\") = \"GPL\";", "pass"),
        (
            "a constant license",
            "const char license[] SEC(\"license\") = \"Dual BSD/GPL\";", "pass"
        ),
        ("a program", "char LICENSE[] SEC(\"license\") = \"GPL\";", "xdp"),
        ("both", "char license[] SEC(\"license\") = \"GPL\";", "xdp"),
    ]

    @Test(arguments: rows)
    func `a section may have the name of something in it`(
        _ what: String, _ license: String, _ function: String
    ) async throws {
        let source = """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1);
                     __type(key, __u32); __type(value, __u64); } counts SEC(".maps");
            SEC("xdp") int \(function)(struct xdp_md *context)
            {
                __u32 key = 0;
                __u64 *count = bpf_map_lookup_elem(&counts, &key);
                if (count) ++*count;
                return XDP_PASS;
            }
            \(license)

            """
        let program = try await CCompiler().compile(.text(source, name: "names.bpf.c"))
        #expect(program.diagnostics.filter { $0.severity >= .error } == [])
        let specs = try ObjectFile(program.bytes, name: "names").specs()
        #expect(specs.license == (license.contains("Dual") ? "Dual BSD/GPL" : "GPL"))
        let spec = try #require(specs.programs[function])
        #expect(spec.section == "xdp")
        #expect(spec.lines.count > 3 && spec.references.count == 1)
        // The code is that of a source without the clash.
        let plain = source.replacing("int \(function)(", with: "int plain(")
            .replacing(license, with: "char LICENSE[] SEC(\"license\") = \"GPL\";")
        let other = try await CCompiler().compile(.text(plain, name: "names.bpf.c"))
        let plainSpec = try ObjectFile(other.bytes, name: "names").specs().programs["plain"]
        #expect(spec.instructions == plainSpec?.instructions)
    }

    @Test func `names that are really defined twice are refused`() async throws {
        let source = "int twice(void) { return 1; } int twice(void) { return 2; }\n"
        let error = await #expect(throws: CompilationError.self) {
            try await CCompiler().compile(.text(source, name: "twice.bpf.c"))
        }
        #expect(error?.description.contains("redefinition of 'twice'") == true)
    }
}
