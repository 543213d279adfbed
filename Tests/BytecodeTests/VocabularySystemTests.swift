import EBPFBytecode
import Foundation
import Testing

/// Our tables against the machine's headers, which are older: a subset.
@Suite struct VocabularySystemTests {
    @Test(.enabled("needs libbpf's headers", { SystemHeaders.helperDefinitions != nil }))
    func `every helper that the system declares has our number, types and names`() throws {
        let header = try #require(SystemHeaders.helperDefinitions)
        let declarations = SystemHeaders.declarations(in: header)
        #expect(declarations.count > 150)
        for declared in declarations {
            let ours = try #require(Helper(number: declared.number), "\(declared.name)")
            #expect(ours.name == declared.name)
            #expect(ours.resultType == declared.resultType, "\(declared.name)")
            let expected =
                ours.parameters.map(\.declaration)
                + (ours.effects.contains(.isVariadic) ? ["..."] : [])
            #expect(expected.map(unqualified) == declared.parameters.map(unqualified))
        }
    }

    @Test(
        .enabled("needs the kernel's headers", { SystemHeaders.kernelInterface != nil }),
        arguments: [
            ("bpf_prog_type", "BPF_PROG_TYPE_", ProgramType.allCases.map(\.name)),
            ("bpf_attach_type", "BPF_", AttachType.allCases.map(\.name)),
            ("bpf_map_type", "BPF_MAP_TYPE_", MapType.allCases.map(\.name)),
        ]
    )
    func `every type that the system declares has our number and name`(
        enumeration: String,
        prefix: String,
        ours: [String]
    ) {
        let theirs = SystemHeaders.names(ofEnumeration: enumeration, prefix: prefix)
            .map { $0.dropFirst(prefix.count).lowercased() }
        #expect(theirs.count > 25)
        for (ours, theirs) in zip(ours, theirs) {
            #expect(theirs == ours || theirs == ours + "_deprecated")
        }
    }

    /// Later releases made some pointers `const` and renamed one parameter.
    private func unqualified(_ declaration: String) -> String {
        declaration.replacing("const ", with: "").replacing("map_value", with: "dst")
    }
}
