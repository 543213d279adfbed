import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import EBPFVerification
import Testing

/// Tail calls in functions: the program that one leads to returns to the function's caller, and may
/// have moved the packet before that.
@Suite struct TailCallTests {
    /// Every program jumps away in a function; some still look at the packet afterwards.
    private static let source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        char LICENSE[] SEC("license") = "GPL";
        struct {
            __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
            __uint(max_entries, 2);
            __type(key, __u32);
            __type(value, __u32);
        } next SEC(".maps");

        static __noinline int leave(struct __sk_buff *packet)
        {
            bpf_tail_call(packet, &next, 1);
            return 7;
        }

        static __noinline int leave_by_two(struct __sk_buff *packet) { return leave(packet) + 1; }

        static __noinline int look_and_leave(struct __sk_buff *packet)
        {
            __u8 *start = (void *)(long)packet->data, *end = (void *)(long)packet->data_end;

            if (start + 4 > end)
                return 1;
            bpf_tail_call(packet, &next, 1);
            return start[3];
        }

        SEC("tc") int result(struct __sk_buff *packet) { return leave(packet) == 7; }

        SEC("tc") int looks_behind_the_tail_call(struct __sk_buff *packet)
        {
            return look_and_leave(packet);
        }

        SEC("tc") int looks_behind_the_function(struct __sk_buff *packet)
        {
            __u8 *start = (void *)(long)packet->data, *end = (void *)(long)packet->data_end;

            if (start + 4 > end)
                return 1;
            return leave(packet) + start[3];
        }

        SEC("tc") int looks_behind_both_functions(struct __sk_buff *packet)
        {
            __u8 *start = (void *)(long)packet->data, *end = (void *)(long)packet->data_end;

            if (start + 4 > end)
                return 1;
            return leave_by_two(packet) + start[3];
        }

        SEC("tc") int looks_anew(struct __sk_buff *packet)
        {
            int result = leave(packet);
            __u8 *start = (void *)(long)packet->data, *end = (void *)(long)packet->data_end;

            if (start + 4 > end)
                return 1;
            return result + start[3];
        }
        """

    private static let expectations: [String: Rejection.Code?] = [
        "result": nil, "looks_behind_the_tail_call": nil,
        "looks_behind_the_function": .invalidPointer,
        "looks_behind_both_functions": .invalidPointer, "looks_anew": nil,
    ]

    private static func specs() async throws -> ObjectSpecs {
        let object = try await CCompiler().compile(.text(source, name: "tail.bpf.c"))
        return try ObjectFile(object.bytes, name: "tail.bpf.c").specs()
    }

    private static let canCompile = (try? CCompiler()) != nil

    @Test(.enabled("clang is here") { canCompile })
    func `behind them nothing is known of the packet`() async throws {
        let specs = try await Self.specs()
        #expect(Set(specs.programs.keys) == Set(Self.expectations.keys))
        for (name, code) in Self.expectations {
            let program = try #require(specs.programs[name])
            let verdict = Verifier(kernelTypes: nil).verify(program, of: specs).verdict
            var found: Rejection.Code?
            if case .rejected(let rejection) = verdict { found = rejection.code }
            #expect(found == code, "\(name): \(verdict)")
        }
    }

    @Test(.liveKernel, .enabled("clang is here") { canCompile })
    func `the kernel says the same`() async throws {
        let specs = try await Self.specs()
        for (name, code) in Self.expectations {
            switch KernelHost().verdict(on: name, of: specs).answer {
            case .accepted: #expect(code == nil, "\(name)")
            case .rejected(let rejection): #expect(code != nil, "\(name): \(rejection)")
            case .unavailable(let failure): Issue.record("\(failure)")
            }
        }
    }
}
