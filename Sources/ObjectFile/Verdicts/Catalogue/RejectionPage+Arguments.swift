extension RejectionPage {
    /// What functions of the kernel take.
    static let arguments: [RejectionPage] = [
        RejectionPage(
            .argumentType, "an argument is of the wrong type",
            why: """
                Functions of the kernel trust their arguments. A number where they follow a pointer, or a pointer \
                to something else, would make them read or write at the wrong place.
                """,
            inC:
                "pass what the function's prototype asks for; a key is passed by its address: &key",
            inSwift:
                "pass what the function's signature asks for; casts to raw pointers hide mistakes",
            example: Example(
                """
                struct {
                    __uint(type, BPF_MAP_TYPE_HASH);
                    __uint(max_entries, 64);
                    __type(key, __u32);
                    __type(value, __u64);
                } counts SEC(".maps");
                """,
                wrong: """
                    SEC("socket") int known(struct __sk_buff *skb)
                    {
                        long key = skb->protocol;
                        return bpf_map_lookup_elem(&counts, (void *)key) != 0;
                    }
                    """,
                right: """
                    SEC("socket") int known(struct __sk_buff *skb)
                    {
                        __u32 key = skb->protocol;
                        return bpf_map_lookup_elem(&counts, &key) != 0;
                    }
                    """)),
        RejectionPage(
            .mapType, "this function does not work on maps of this kind",
            why:
                "Each kind of map has its own operations: a queue has no keys, and a hash no records.",
            inC: "use the function for this kind of map, or another kind of map",
            inSwift: "use the methods that this kind of map has",
            example: Example(
                """
                struct {
                    __uint(type, BPF_MAP_TYPE_HASH);
                    __uint(max_entries, 64);
                    __type(key, __u32);
                    __type(value, __u64);
                } counts SEC(".maps");
                struct {
                    __uint(type, BPF_MAP_TYPE_RINGBUF);
                    __uint(max_entries, 4096);
                } events SEC(".maps");
                """,
                wrong: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        __u32 length = skb->len;
                        bpf_ringbuf_output(&counts, &length, sizeof(length), 0);
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        __u32 length = skb->len;
                        bpf_ringbuf_output(&events, &length, sizeof(length), 0);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .constantArgument, "an argument must be a constant",
            why: """
                Some sizes, numbers of types and strings decide what the verifier knows of the result. It must \
                know them, too, when it looks at the program.
                """,
            inC:
                "pass a constant, such as sizeof(struct event); for sizes that vary use bpf_ringbuf_output()",
            inSwift: "pass a constant, or send a value whose type has the size: events.send(event)",
            example: Example(
                """
                struct {
                    __uint(type, BPF_MAP_TYPE_RINGBUF);
                    __uint(max_entries, 4096);
                } events SEC(".maps");
                """,
                wrong: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        void *record = bpf_ringbuf_reserve(&events, skb->len & 63, 0);
                        if (record)
                            bpf_ringbuf_submit(record, 0);
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        void *record = bpf_ringbuf_reserve(&events, 64, 0);
                        if (record)
                            bpf_ringbuf_submit(record, 0);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .movedArgument, "a pointer was moved that must be passed as it came",
            why: """
                What is given back is found by its address: it must be the very pointer that was given out, not \
                one to a member in the middle.
                """,
            inC: "keep the pointer as it came in a variable of its own, and pass that",
            inSwift: "keep the pointer as it came in a constant of its own, and pass that",
            example: Example(
                """
                struct event {
                    __u64 time;
                    __u32 length;
                };
                struct {
                    __uint(type, BPF_MAP_TYPE_RINGBUF);
                    __uint(max_entries, 4096);
                } events SEC(".maps");
                """,
                wrong: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
                        if (event)
                            bpf_ringbuf_submit(&event->length, 0);
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
                        if (event)
                            bpf_ringbuf_submit(event, 0);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .helperNotAllowed, "this function cannot be called here",
            why: """
                A function works on what its hook has: one for socket buffers has nothing to do in a program that \
                sees packets before there are any.
                """,
            inC:
                "use another kind of program or another function; `ebpf feature` lists what there is",
            inSwift:
                "use the context's own methods, or another kind of program; `ebpf feature` lists what "
                + "there is",
            example: Example(
                wrong: """
                    SEC("xdp") int first_byte(struct xdp_md *ctx)
                    {
                        char byte = 0;
                        bpf_skb_load_bytes(ctx, 0, &byte, 1);
                        return byte ? XDP_PASS : XDP_DROP;
                    }
                    """,
                right: """
                    SEC("xdp") int first_byte(struct xdp_md *ctx)
                    {
                        char byte = 0;
                        bpf_xdp_load_bytes(ctx, 0, &byte, 1);
                        return byte ? XDP_PASS : XDP_DROP;
                    }
                    """)),
        RejectionPage(
            .licenseRequired, "this function is for programs under the GPL",
            why:
                "Some parts of the kernel are offered only to programs that come under a licence like its own.",
            inC: "declare the licence: char LICENSE[] SEC(\"license\") = \"GPL\";",
            inSwift: "compile it with --license GPL",
            example: Example(
                .withoutLicence,
                wrong: """
                    char LICENSE[] SEC("license") = "Proprietary";

                    SEC("socket") int trace(struct __sk_buff *skb)
                    {
                        bpf_printk("%d bytes", skb->len);
                        return 0;
                    }
                    """,
                right: """
                    char LICENSE[] SEC("license") = "GPL";

                    SEC("socket") int trace(struct __sk_buff *skb)
                    {
                        bpf_printk("%d bytes", skb->len);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .sleeping, "this may sleep where nothing may",
            why: """
                Most hooks, and everything inside of an RCU section or under a lock, must go on without waiting: a \
                function that may wait for memory or disks has no place there.
                """,
            inC:
                "use a sleepable section such as fentry.s or syscall, or do it outside of the section",
            inSwift:
                "use a sleepable section such as fentry.s or syscall, or do it outside of the section",
            example: Example(
                .kernelTypes,
                wrong: """
                    SEC("syscall") int fetch(u64 *address)
                    {
                        u32 word = 0;
                        bpf_rcu_read_lock();
                        bpf_copy_from_user(&word, sizeof(word), (void *)*address);
                        bpf_rcu_read_unlock();
                        return word;
                    }
                    """,
                right: """
                    SEC("syscall") int fetch(u64 *address)
                    {
                        u32 word = 0;
                        bpf_copy_from_user(&word, sizeof(word), (void *)*address);
                        return word;
                    }
                    """)),
    ]
}
