import EBPFCompilation
import EBPFObjectFile

/// Objects that a test writes in C.
enum CObject {
    /// Compiles C.
    static func specs(_ source: String) async throws -> ObjectSpecs {
        let program = try await CCompiler().compile(.text(text(source), name: "test.bpf.c"))
        return try ObjectFile(program.bytes, name: "test").specs()
    }

    /// The text that is compiled: with headers, and the licence GPL unless the source says another.
    static func text(_ source: String) -> String {
        let license =
            source.contains("SEC(\"license\")")
            ? "" : "char LICENSE[] SEC(\"license\") = \"GPL\";\n"
        return preamble + license + source
    }

    private static let preamble = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        #include <bpf/bpf_tracing.h>

        """
}
