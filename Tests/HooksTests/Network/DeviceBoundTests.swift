import EBPFBytecode
import EBPFCompilation
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// XDP programs for one interface, which may ask what it knows of a packet.
@Suite(.liveKernel, .enabled("clang for BPF is here") { (try? CCompiler()) != nil })
struct DeviceBoundTests {
    private static let source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        enum xdp_rss_hash_type { XDP_RSS_TYPE_NONE };
        extern int bpf_xdp_metadata_rx_hash(
            const struct xdp_md *packet, __u32 *hash, enum xdp_rss_hash_type *type) __ksym;
        SEC("xdp") int hashed(struct xdp_md *packet) {
            __u32 hash = 0;
            enum xdp_rss_hash_type type = 0;
            return bpf_xdp_metadata_rx_hash(packet, &hash, &type) < 0 ? XDP_PASS : XDP_DROP;
        }
        char LICENSE[] SEC("license") = "GPL";
        """

    private static func specs() async throws -> ObjectSpecs {
        let program = try await CCompiler().compile(.text(source, name: "hashed.bpf.c"))
        return try ObjectFile(program.bytes, name: "hashed").specs()
    }

    @Test(
        .enabled("the kernel has bpf_xdp_metadata_rx_hash") {
            KernelFeatures.shared.kernelFunction("bpf_xdp_metadata_rx_hash") == .yes
        })
    func `a program that asks the interface is loaded for it, and attached only there`()
        async throws
    {
        let specs = try await Self.specs()
        let plain = try #require(specs.programs["hashed"])
        #expect(plain.needsInterface)
        #expect(plain.interface == nil)
        try withNetworkNamespace {
            let cable = try TestNetwork.makeCable()
            #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
            var bound = specs
            try bound.programs["hashed"]?.bind(to: "left")
            #expect(bound.programs["hashed"]?.interface == cable.left.index)
            #expect(bound.programs["hashed"]?.flags.contains(.deviceBound) == true)
            let object = try KernelHost().load(bound)
            let program = try #require(object.programs["hashed"])
            let link = try program.attachXDP(to: "left")
            try link.detach()
            #expect(failureMessage { try program.attachXDP(to: "right") } != "")
            var lost = specs
            #expect(throws: KernelError.self) {
                try lost.programs["hashed"]?.bind(to: "no-such-link")
            }
        }
    }
}
