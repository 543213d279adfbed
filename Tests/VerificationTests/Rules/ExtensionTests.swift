import EBPFBytecode
import EBPFCompilation
import EBPFObjectFile
import EBPFTypeFormat
import EBPFVerification
import Testing

/// Extensions beside the programs of which they replace functions. Kernels that can load them are only in
/// guests: the verdicts are those of Linux 6.12 when it was asked about these programs.
@Suite(.enabled("clang is here") { (try? CCompiler()) != nil })
struct ExtensionTests {
    /// An extension, the program that it extends, and what is wrong.
    struct Pair: CustomTestStringConvertible, Sendable {
        let name: String
        let target: String
        let code: Rejection.Code?
        /// What the message must tell.
        let words: String

        init(_ name: String, _ target: String, _ code: Rejection.Code? = nil, _ words: String = "")
        {
            self.name = name
            self.target = target
            self.code = code
            self.words = words
        }

        var testDescription: String { "\(name) in \(target)" }
    }

    private static let pairs: [Pair] = [
        Pair("plain_same", "xdp_main"), Pair("plain_same", "tc_main"),
        Pair("plain_same", "syscall_main"),
        Pair("plain_same", "cgroup_main", .returnValue, "0…3"),
        Pair("plain_same", "connect_main", .returnValue, "0…1"),
        Pair("plain_same", "raw_main", .returnValue, "0…0"),
        Pair("plain_same", "entry_main", .attachTarget, "cannot be extended"),
        Pair("plain_unsigned", "xdp_main"),
        Pair("plain_long", "xdp_main", .attachTarget, "argument 1 of plain_long()"),
        Pair("plain_two", "xdp_main", .attachTarget, "takes 2 arguments, and plain() takes 1"),
        Pair("plain_pointer", "xdp_main", .attachTarget, "a pointer to struct pair"),
        Pair("plain_nothing", "xdp_main", .attachTarget, "returns nothing"),
        Pair("plain_second", "xdp_main", .uninitializedRegister, "r2"),
        Pair("plain_stack", "tc_main", .helperNotAllowed, "sched_cls"),
        Pair("plain_stack", "xdp_main", .helperNotAllowed, "xdp"),
        Pair("missing_function", "xdp_main", .attachTarget, "has no function missing()"),
        Pair("internal_same", "xdp_main", .attachTarget, "static"),
        Pair("memory_checked", "xdp_main"),
        Pair("memory_unchecked", "xdp_main", .possiblyNull, "or null"),
        Pair("memory_other", "xdp_main", .attachTarget, "struct other"),
        Pair("packet_checked", "xdp_main"),
        Pair("packet_unchecked", "xdp_main", .packetBounds, "byte 0"),
        Pair("packet_moved", "xdp_main", .attachTarget, "may move the packet"),
        Pair("moves_moves", "xdp_main"), Pair("moves_stays", "xdp_main"),
        Pair("xdp_main_same", "xdp_main"),
        Pair("xdp_main_same", "tc_main", .attachTarget, "has no function xdp_main()"),
        Pair("untyped_same", "untyped_main", .attachTarget, "its types do not say"),
    ]

    @Test(arguments: pairs)
    func `they must fit, and are looked at in their target's place`(_ pair: Pair) async throws {
        let targets = try await Self.targets.specs()
        let extensions = try await Self.extensions.specs()
        let target = try #require(targets.programs[pair.target])
        let program = try #require(extensions.programs[pair.name])
        #expect(program.type == .programExtension)
        let verification = Verifier(kernelTypes: nil).verify(
            program, of: extensions, extending: ExtensionTarget(target, of: targets))
        switch verification.verdict {
        case .accepted: #expect(pair.code == nil)
        case .rejected(let rejection):
            #expect(rejection.code == pair.code, "\(rejection)")
            #expect(rejection.message.contains(pair.words), "\(rejection)")
        case .undecided(let reason): Issue.record("\(reason)")
        }
    }

    @Test func `without their target nothing can be said`() async throws {
        let extensions = try await Self.extensions.specs()
        let program = try #require(extensions.programs["plain_same"])
        let verdict = Verifier(kernelTypes: nil).verify(program, of: extensions).verdict
        guard case .undecided = verdict else {
            Issue.record("\(verdict)")
            return
        }
    }

    @Test func `who loads them needs more than for their targets`() async throws {
        let targets = try await Self.targets.specs()
        let extensions = try await Self.extensions.specs()
        let program = try #require(extensions.programs["plain_same"])
        let target = try #require(targets.programs["xdp_main"])
        var verifier = Verifier(kernelTypes: nil)
        verifier.options.capabilities = [.bpf, .networkAdministration]
        let verdict = verifier.verify(
            program, of: extensions, extending: ExtensionTarget(target, of: targets)
        ).verdict
        guard case .rejected(let rejection) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(rejection.code == .missingCapability)
        #expect(rejection.message.contains("CAP_PERFMON"))
    }
}

// MARK: - Programs

extension ExtensionTests {
    /// Source in C, compiled when it is first asked for.
    private actor Compiled {
        private let source: String
        private var found: ObjectSpecs?

        init(_ source: String) {
            self.source = """
                #include <linux/bpf.h>
                #include <bpf/bpf_helpers.h>
                char LICENSE[] SEC("license") = "GPL";
                struct pair { int first, second; };

                """ + source
        }

        func specs() async throws -> ObjectSpecs {
            if let found { return found }
            let object = try await CCompiler().compile(.text(source, name: "pair.bpf.c"))
            let specs = try ObjectFile(object.bytes, name: "pair.bpf.c").specs()
            found = specs
            return specs
        }
    }

    private static let targets = Compiled(
        """
        int counter = 1;
        #define KEEP(x) asm volatile("" : "+r"(x))
        __noinline int plain(int number) { KEEP(number); return number + counter; }
        __noinline int memory(struct pair *pair) { return pair ? pair->first : 0; }
        __noinline int packet(struct xdp_md *ctx) { return ctx->data_end > ctx->data; }
        __noinline int moves(struct xdp_md *ctx) { return bpf_xdp_adjust_head(ctx, 0); }
        static __noinline int internal(int number) { KEEP(number); return number * counter; }

        SEC("xdp") int xdp_main(struct xdp_md *ctx)
        {
            struct pair pair = {1, 2};

            return plain(1) + memory(&pair) + packet(ctx) + moves(ctx) + internal(3);
        }
        SEC("tc") int tc_main(struct __sk_buff *ctx) { return plain(1); }
        SEC("cgroup_skb/egress") int cgroup_main(struct __sk_buff *ctx) { return plain(1) & 1; }
        SEC("cgroup/connect4") int connect_main(struct bpf_sock_addr *ctx) { return plain(1) & 1; }
        SEC("raw_tp/sched_switch") int raw_main(void *ctx) { return plain(1); }
        SEC("fentry/vfs_read") int entry_main(void *ctx) { return plain(1) & 0; }
        SEC("syscall") int syscall_main(void *ctx) { return plain(1); }
        SEC("kprobe/vfs_read") int untyped_main(void *ctx) { return plain(1); }
        """)

    private static let extensions = Compiled(
        """
        struct other { int first, second; };
        SEC("freplace/plain") int plain_same(int number) { return number; }
        SEC("freplace/plain") int plain_unsigned(unsigned number) { return 5; }
        SEC("freplace/plain") int plain_long(long number) { return 5; }
        SEC("freplace/plain") int plain_two(int first, int second) { return 5; }
        SEC("freplace/plain") int plain_pointer(struct pair *pair) { return 5; }
        SEC("freplace/plain") void plain_nothing(int number) { }
        SEC("freplace/plain") int plain_second(int number)
        {
            int second;

            asm volatile("%0 = r2" : "=r"(second));
            return second;
        }
        SEC("freplace/plain") int plain_stack(int number) { return bpf_get_stackid(0, 0, 0); }
        SEC("freplace/missing") int missing_function(int number) { return number; }
        SEC("freplace/internal") int internal_same(int number) { return number; }
        SEC("freplace/memory") int memory_checked(struct pair *pair)
        {
            return pair ? pair->second : 0;
        }
        SEC("freplace/memory") int memory_unchecked(struct pair *pair) { return pair->second; }
        SEC("freplace/memory") int memory_other(struct other *other)
        {
            return other ? other->second : 0;
        }
        SEC("freplace/packet") int packet_checked(struct xdp_md *ctx)
        {
            __u8 *start = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

            return start + 1 <= end ? *start : 0;
        }
        SEC("freplace/packet") int packet_unchecked(struct xdp_md *ctx)
        {
            return *(__u8 *)(long)ctx->data;
        }
        SEC("freplace/packet") int packet_moved(struct xdp_md *ctx)
        {
            return bpf_xdp_adjust_head(ctx, 0);
        }
        SEC("freplace/moves") int moves_moves(struct xdp_md *ctx)
        {
            return bpf_xdp_adjust_head(ctx, 4);
        }
        SEC("freplace/moves") int moves_stays(struct xdp_md *ctx) { return 0; }
        SEC("freplace/xdp_main") int xdp_main_same(struct xdp_md *ctx) { return 200; }
        SEC("freplace/untyped_main") int untyped_same(void *ctx) { return 1; }
        """)
}
