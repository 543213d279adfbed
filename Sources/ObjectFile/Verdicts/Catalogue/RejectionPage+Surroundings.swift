extension RejectionPage {
    /// What the kernel, its hooks and its maps offer.
    static let surroundings: [RejectionPage] = [
        RejectionPage(
            .missingInKernel, "this kernel lacks something that the program uses",
            why: """
                The program was made for a kernel that has the function, variable or field; this one does not. A \
                program that asks first runs on both.
                """,
            inC: "ask first: bpf_ksym_exists() for functions (declare them __weak), "
                + "bpf_core_field_exists() for fields",
            inSwift: "ask first: if KernelTypes.exists(\"task_struct.pid\") { … }",
            example: Example(
                wrong: """
                    int bpf_not_yet_invented(int number) __ksym;

                    SEC("tc") int future(struct __sk_buff *skb)
                    {
                        return bpf_not_yet_invented(skb->len);
                    }
                    """,
                right: """
                    int bpf_not_yet_invented(int number) __ksym __weak;

                    SEC("tc") int future(struct __sk_buff *skb)
                    {
                        if (!bpf_ksym_exists(bpf_not_yet_invented))
                            return 0;
                        return bpf_not_yet_invented(skb->len);
                    }
                    """)),
        RejectionPage(
            .attachTarget, "the program cannot be used at this hook",
            why: """
                A program is loaded for one place: a function, a tracepoint, a member of a structure. The kernel \
                must have it, and let programs in.
                """,
            inC: "compare the section's name with what this kernel has: `ebpf btf`, `ebpf feature`",
            inSwift:
                "compare the name in @section with what this kernel has: `ebpf btf`, `ebpf feature`",
            example: Example(
                .kernelTypes,
                wrong: """
                    SEC("tp_btf/sched_swich") int watch(u64 *arguments)
                    {
                        return 0;
                    }
                    """,
                right: """
                    SEC("tp_btf/sched_switch") int watch(u64 *arguments)
                    {
                        return 0;
                    }
                    """)),
        RejectionPage(
            .fieldNotAllowed, "programs of this kind cannot use such a map",
            why: """
                Programs that run in the middle of anything, such as those at tracepoints, could wait for a lock \
                that they interrupted. So they get no locks, timers, lists and trees.
                """,
            inC:
                "use atomic operations (__sync_fetch_and_add) or a per-CPU map instead of the lock",
            inSwift: "use atomic members or a per-CPU map instead of a SpinLock",
            example: Example(
                wrong: """
                    struct account {
                        struct bpf_spin_lock lock;
                        __u32 total;
                    };
                    struct {
                        __uint(type, BPF_MAP_TYPE_ARRAY);
                        __uint(max_entries, 1);
                        __type(key, __u32);
                        __type(value, struct account);
                    } accounts SEC(".maps");

                    SEC("raw_tp/sched_switch") int count(void *ctx)
                    {
                        __u32 key = 0;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (!account)
                            return 0;
                        bpf_spin_lock(&account->lock);
                        account->total++;
                        bpf_spin_unlock(&account->lock);
                        return 0;
                    }
                    """,
                right: """
                    struct account {
                        __u32 total;
                    };
                    struct {
                        __uint(type, BPF_MAP_TYPE_ARRAY);
                        __uint(max_entries, 1);
                        __type(key, __u32);
                        __type(value, struct account);
                    } accounts SEC(".maps");

                    SEC("raw_tp/sched_switch") int count(void *ctx)
                    {
                        __u32 key = 0;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (!account)
                            return 0;
                        __sync_fetch_and_add(&account->total, 1);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .specialField, "a lock, timer or the like is accessed as plain memory",
            why: """
                Locks, timers, list heads and kernel pointers in a value belong to their functions. Read or written \
                as bytes they would no longer mean anything.
                """,
            inC: "use its own functions, and copy or update only the members around it",
            inSwift:
                "use its own methods, and copy or update only the members around it, never the whole value",
            example: Example(
                """
                struct account {
                    struct bpf_spin_lock lock;
                    __u32 total;
                };
                struct {
                    __uint(type, BPF_MAP_TYPE_ARRAY);
                    __uint(max_entries, 1);
                    __type(key, __u32);
                    __type(value, struct account);
                } accounts SEC(".maps");
                """,
                wrong: """
                    SEC("tc") int reset(struct __sk_buff *skb)
                    {
                        __u32 key = 0;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (account)
                            *(__u64 *)account = 0;
                        return 0;
                    }
                    """,
                right: """
                    SEC("tc") int reset(struct __sk_buff *skb)
                    {
                        __u32 key = 0;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (account)
                            account->total = 0;
                        return 0;
                    }
                    """)),
    ]
}
