/// The programs that the tests of the command compile.
enum Sources {
    /// Maps of many kinds, events and a printed line.
    static let kinds = #"""
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        struct event { __u32 pid; char comm[16]; __u64 nanoseconds; };
        enum state { IDLE, BUSY };
        struct stat { __u64 packets; __u64 bytes; };
        struct prefix { __u32 prefixlen; __be32 addr; };
        struct { __uint(type, BPF_MAP_TYPE_QUEUE); __type(value, struct stat);
                 __uint(max_entries, 8); } queue SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_STACK); __type(value, __u32);
                 __uint(max_entries, 8); } stack SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(key_size, 4);
                 __uint(value_size, 4); } events SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __type(key, __u32);
                 __type(value, struct stat); __uint(max_entries, 4); } cpus SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, enum state);
                 __type(value, __u64); __uint(max_entries, 4); } states SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __type(key, struct prefix);
                 __type(value, __u32); __uint(max_entries, 4);
                 __uint(map_flags, BPF_F_NO_PREALLOC); } routes SEC(".maps");
        const struct event *unused __attribute__((unused));
        __u8 small; enum state mode; int values[4];
        static __always_inline void fill(struct event *e) {
            e->pid = 42; __builtin_memcpy(e->comm, "bash", 5); e->nanoseconds = 7; }
        SEC("xdp") int use(struct xdp_md *c) {
            struct stat s = {1, 2}; __u32 v = 7, k = 1; enum state busy = BUSY; __u64 one = 1;
            bpf_map_push_elem(&queue, &s, 0); s.packets = 3; bpf_map_push_elem(&queue, &s, 0);
            bpf_map_push_elem(&stack, &v, 0); v = 9; bpf_map_push_elem(&stack, &v, 0);
            struct event e = {}; fill(&e);
            bpf_perf_event_output(c, &events, BPF_F_CURRENT_CPU, &e, sizeof(e));
            struct event *r = bpf_ringbuf_reserve(&ring, sizeof(*r), 0);
            if (r) { *r = e; r->pid = 43; bpf_ringbuf_submit(r, 0); }
            struct stat *x = bpf_map_lookup_elem(&cpus, &k);
            if (x) { x->packets++; x->bytes += 14; }
            bpf_map_update_elem(&states, &busy, &one, 0);
            bpf_printk("%d bytes", (int)(c->data_end - c->data));
            return small == 7 ? XDP_DROP : XDP_PASS + values[small & 3] * mode; }
        SEC("xdp") int flood(struct xdp_md *c) {
            struct event e = {}; fill(&e);
            for (int i = 0; i < 5000; i++)
                bpf_perf_event_output(c, &events, BPF_F_CURRENT_CPU, &e, sizeof(e));
            return 2; }
        SEC("xdp") int past(struct xdp_md *c) {
            char *data = (void *)(long)c->data;
            return data[100]; }
        SEC("xdp") int forever(struct xdp_md *c) {
            volatile int i = 0;
            for (;;) i++;
            return i; }
        struct exec { __u64 pad; __u32 pid; char comm[16]; };
        SEC("tracepoint/sched/sched_process_exec") int traced(struct exec *a) {
            bpf_printk("pid %d %s", a->pid, a->comm); return 0; }
        char _license[] SEC("license") = "GPL";
        """#

    /// A map of any size: `-D KIND=… -D VALUE=… -D COUNT=…`.
    static let anySize = #"""
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        struct { __uint(type, KIND); __uint(key_size, 4); __uint(value_size, VALUE);
                 __uint(max_entries, COUNT); } map SEC(".maps");
        SEC("xdp") int use(struct xdp_md *c) {
            __u32 k = 1; char *v = bpf_map_lookup_elem(&map, &k); return v ? *v : 3; }
        char _license[] SEC("license") = "GPL";
        """#
}

/// What the tests run again and again, compiled once.
enum Compiled {
    /// The object of ``Sources/kinds``.
    static let kinds = Task { () -> [UInt8] in
        let workspace = try Workspace()
        let source = try workspace.file("kinds.bpf.c", Sources.kinds)
        let built = await Session.run(
            "build", source, "-o", "\(workspace.path)/kinds.bpf.o", "--no-verify")
        guard built.exitCode == 0 else { throw BuildFailure(errors: built.errors) }
        return try workspace.bytes("kinds.bpf.o")
    }

    struct BuildFailure: Error { let errors: String }
}
