import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// Programs in C with one fault each, as people write them: the rejection names the fault and the
/// line.
@Suite(.liveKernel) struct RejectedSourceTests {
    struct Wrong: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: Rejection.Code
        /// What stands in the line; `nil` where the program as a whole is at fault.
        let line: String?
        let source: String

        init(_ name: String, _ code: Rejection.Code, at line: String?, _ source: String) {
            (testDescription, self.code, self.line, self.source) = (name, code, line, source)
        }
    }

    private static let maps = """
        struct value { __u64 counts[4]; };
        struct guarded { struct bpf_spin_lock lock; __u32 count; };
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8);
                 __type(key, __u32); __type(value, struct value); } values SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1);
                 __type(key, __u32); __type(value, struct guarded); } locked SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); }
            ring SEC(".maps");
        const volatile __u32 limit = 3;

        """

    /// A socket filter that has looked up a value, which may be missing.
    private static func filter(_ body: String) -> String {
        """
        SEC("socket") int wrong(struct __sk_buff *skb)
        {
            __u32 key = skb->len;
            struct value *value = bpf_map_lookup_elem(&values, &key);
            \(body)
        }

        """
    }

    private static func xdp(_ body: String) -> String {
        """
        SEC("xdp") int wrong(struct xdp_md *ctx)
        {
            unsigned char *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
            \(body)
        }

        """
    }

    private static let memory: [Wrong] = [
        Wrong(
            "a look-up that may find nothing", .possiblyNull, at: "return value->counts[1];",
            filter("return value->counts[1];")),
        Wrong(
            "a record that may not be there", .possiblyNull, at: "*record = 1;",
            filter(
                """
                __u64 *record = bpf_ringbuf_reserve(&ring, 8, 0);
                *record = 1;
                bpf_ringbuf_submit(record, 0);
                return 0;
                """)),
        Wrong(
            "an argument of a global function", .possiblyNull, at: "return *number;",
            """
            __attribute__((noinline)) int read(int *number)
            {
                return *number;
            }
            SEC("socket") int wrong(struct __sk_buff *skb) { int n = skb->len; return read(&n); }
            """),
        Wrong(
            "an index from outside", .unbounded, at: "return value->counts[skb->len];",
            filter(
                """
                if (!value) return 0;
                return value->counts[skb->len];
                """)),
        Wrong(
            "an index that may be too large", .outOfBounds, at: "value->counts[skb->len & 7]",
            filter(
                """
                if (!value) return 0;
                return value->counts[skb->len & 7];
                """)),
        Wrong(
            "an index into the stack", .unbounded, at: "room[skb->len] = 1;",
            filter(
                """
                volatile char room[16] = {0};
                room[skb->len] = 1;
                return room[3];
                """)),
        Wrong(
            "a length without limit", .emptyAccess, at: "bpf_skb_load_bytes(skb, 0, room, skb->len)",
            filter(
                """
                char room[16];
                return bpf_skb_load_bytes(skb, 0, room, skb->len);
                """)),
        Wrong(
            "a packet that may be shorter", .packetBounds, at: "return data[13];",
            xdp("return data[13];")),
        Wrong(
            "a check of another byte", .packetBounds, at: "return data[13];",
            xdp(
                """
                if (data + 13 > end) return XDP_PASS;
                return data[13];
                """)),
        Wrong(
            "a packet that has moved", .invalidPointer, at: "return data[0];",
            xdp(
                """
                if (data + 14 > end || bpf_xdp_adjust_head(ctx, 4)) return XDP_PASS;
                return data[0];
                """)),
        Wrong(
            "a constant that is written", .readOnly, at: "*(volatile __u32 *)&limit = 5;",
            filter(
                """
                *(volatile __u32 *)&limit = 5;
                return 0;
                """)),
        Wrong(
            "an address out of nothing", .invalidPointer, at: "return *(int *)",
            filter("return *(int *)(long)skb->len;")),
    ]

    private static let rules: [Wrong] = [
        Wrong(
            "a record that is forgotten", .leakedReference, at: nil,
            filter(
                """
                __u64 *record = bpf_ringbuf_reserve(&ring, 8, 0);
                if (!record) return 0;
                *record = 1;
                if (skb->len > 100) return 1;
                bpf_ringbuf_submit(record, 0);
                return 0;
                """)),
        Wrong(
            "a loop that waits", .endlessLoop, at: nil,
            filter(
                """
                while (bpf_get_prandom_u32() != 7) {}
                return 0;
                """)),
        Wrong(
            "a lock that stays closed", .openSection, at: nil,
            """
            SEC("tc") int wrong(struct __sk_buff *skb)
            {
                __u32 key = 0;
                struct guarded *guarded = bpf_map_lookup_elem(&locked, &key);
                if (!guarded) return 0;
                bpf_spin_lock(&guarded->lock);
                guarded->count++;
                return 0;
            }
            """),
        Wrong(
            "a call with a lock held", .callUnderLock, at: "bpf_get_prandom_u32()",
            """
            SEC("tc") int wrong(struct __sk_buff *skb)
            {
                __u32 key = 0;
                struct guarded *guarded = bpf_map_lookup_elem(&locked, &key);
                if (!guarded) return 0;
                bpf_spin_lock(&guarded->lock);
                guarded->count = bpf_get_prandom_u32();
                bpf_spin_unlock(&guarded->lock);
                return 0;
            }
            """),
        Wrong(
            "a field of other hooks", .contextAccess, at: "skb->data",
            filter("return skb->data;")),
        Wrong(
            "a field that cannot be written", .contextAccess, at: "skb->len = 5;",
            filter(
                """
                skb->len = 5;
                return 0;
                """)),
        Wrong(
            "a helper of other hooks", .helperNotAllowed, at: "bpf_skb_vlan_push",
            filter("return bpf_skb_vlan_push(skb, 0, 5);")),
        Wrong(
            "a helper that may sleep", .sleeping, at: "bpf_copy_from_user",
            """
            SEC("tracepoint/syscalls/sys_enter_getpid") int wrong(void *ctx)
            {
                int number;
                return bpf_copy_from_user(&number, 4, (void *)4096);
            }
            """),
        Wrong(
            "a helper for the GPL", .licenseRequired, at: "bpf_trace_printk",
            """
            char LICENSE[] SEC("license") = "Proprietary";
            SEC("socket") int wrong(struct __sk_buff *skb)
            {
                char text[] = "hello";
                bpf_trace_printk(text, sizeof text);
                return 0;
            }
            """),
        Wrong(
            "a map of another kind", .mapType, at: "bpf_ringbuf_output(&values",
            filter(
                """
                return bpf_ringbuf_output(&values, &key, 4, 0);
                """)),
        Wrong(
            "a number where a pointer belongs", .argumentType, at: "bpf_map_lookup_elem(&values, (",
            """
            SEC("socket") int wrong(struct __sk_buff *skb)
            {
                return bpf_map_lookup_elem(&values, (void *)(long)skb->len) != 0;
            }
            """),
        Wrong(
            "a result that the hook does not know", .returnValue, at: nil,
            """
            SEC("cgroup_skb/egress") int wrong(struct __sk_buff *skb)
            {
                return 5;
            }
            """),
        Wrong(
            "a result of a callback", .returnValue, at: nil,
            """
            static long step(__u32 index, void *context) { return 2; }
            SEC("socket") int wrong(struct __sk_buff *skb)
            {
                return bpf_loop(10, step, 0, 0);
            }
            """),
        Wrong(
            "functions with much stack", .stackTooLarge, at: nil,
            """
            static __attribute__((noinline)) int inner(struct __sk_buff *skb)
            {
                volatile char room[300] = {0};
                room[skb->len & 127] = 1;
                return room[3];
            }
            SEC("socket") int wrong(struct __sk_buff *skb)
            {
                volatile char room[300] = {0};
                room[skb->len & 127] = 1;
                return inner(skb) + room[5];
            }
            """),
        Wrong(
            "an offset into the context", .modifiedContext, at: "*(volatile int *)",
            filter("return *(volatile int *)((void *)skb + (key & 4));")),
    ]

    @Test(arguments: memory + rules)
    func `the fault and the line are named`(_ wrong: Wrong) async throws {
        let rejection = try await Self.rejection(Self.maps + wrong.source)
        #expect(rejection.code == wrong.code, "\(rejection)\n\(rejection.log)")
        #expect(rejection.line?.file.hasSuffix("test.bpf.c") == true || rejection.slot == nil)
        guard let line = wrong.line else { return }
        let text = Self.line(rejection, of: Self.maps + wrong.source)
        #expect(text.contains(line), "\(rejection)\n\(rejection.log)")
        #expect(rejection.suggestion != nil)
    }

    struct Missing: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let body: String
        let words: [String]
    }

    private static let missing: [Missing] = [
        Missing(
            testDescription: "field", body: "return BPF_CORE_READ(task, no_such_field);",
            words: ["task_struct", "no_such_field"]),
        Missing(
            testDescription: "type",
            body: "return BPF_CORE_READ((struct no_such_struct *)task, member);",
            words: ["no_such_struct"]),
        Missing(
            testDescription: "enumerator",
            body: "return bpf_core_enum_value(enum bpf_map_type, NO_SUCH_TYPE);",
            words: ["bpf_map_type", "NO_SUCH_TYPE"]),
    ]

    @Test(.enabled("the kernel shows its types") { KernelTypes.areReadable }, arguments: missing)
    func `what the kernel does not have is named`(_ row: Missing) async throws {
        let source =
            """
            #include <bpf/bpf_core_read.h>
            #define RELOCATED __attribute__((preserve_access_index))
            struct task_struct { int pid; int no_such_field; } RELOCATED;
            struct no_such_struct { int member; } RELOCATED;
            enum bpf_map_type___other { NO_SUCH_TYPE = 77 };
            #define bpf_map_type bpf_map_type___other
            SEC("raw_tracepoint/sys_enter") int wrong(void *ctx)
            {
                struct task_struct *task = (void *)bpf_get_current_task();
                \(row.body)
            }

            """
        let rejection = try await Self.rejection(source)
        #expect(rejection.code == .missingInKernel, "\(rejection)")
        for word in row.words { #expect(rejection.message.contains(word), "\(rejection)") }
        #expect(rejection.line?.file.hasSuffix("test.bpf.c") == true)
        #expect(!rejection.message.contains("unknown#"))
        #expect(rejection.suggestion != nil)
    }

    /// The line that a rejection names.
    private static func line(_ rejection: Rejection, of source: String) -> String {
        let lines = CObject.text(source).split(separator: "\n", omittingEmptySubsequences: false)
        guard let number = rejection.line?.line, lines.indices.contains(number - 1)
        else { return "" }
        return String(lines[number - 1])
    }

    private static func rejection(_ source: String) async throws -> Rejection {
        let specs = try await CObject.specs(source)
        let failure = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        guard case .rejected(let rejection) = failure else {
            throw RejectionTests.Unexpected(failure: failure)
        }
        return rejection
    }
}
