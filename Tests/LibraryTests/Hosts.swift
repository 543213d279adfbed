import EBPF
import EBPFCompilation
import EBPFTestSupport
import Testing

/// The hosts that a test's body runs on.
enum TestHost: String, CaseIterable, CustomTestStringConvertible {
    case userSpace = "user space"
    case kernel

    var testDescription: String { rawValue }

    /// The host.
    ///
    /// Without a kernel to load into, the test's case for it is cancelled, which says so.
    func make() throws -> Host {
        switch self {
        case .userSpace: return .userSpace
        case .kernel:
            guard LiveKernel.mayLoadPrograms else {
                try Test.cancel("bpf(2) does not work here (needs Linux and root)")
            }
            return .kernel
        }
    }

    /// Compiles C and loads it.
    func load(_ source: String) async throws -> LoadedObject {
        let host = try make()
        return try host.load(try await TestHost.specs(source))
    }

    /// Compiles C.
    static func specs(_ source: String) async throws -> ObjectSpecs {
        let text = preamble + source
        let program = try await CCompiler().compile(.text(text, name: "test.bpf.c"))
        return try ObjectFile(program.bytes, name: "test").specs()
    }

    private static let preamble = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        char LICENSE[] SEC("license") = "GPL";

        """
}
