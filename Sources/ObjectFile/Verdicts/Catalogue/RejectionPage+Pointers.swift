extension RejectionPage {
    /// What registers and pointers may be used for.
    static let pointers: [RejectionPage] = [
        RejectionPage(
            .uninitializedRegister, "a register is read before it is written",
            why: """
                At the start of a function only its arguments have values, and a call leaves none in r1 to r5. \
                What is read there would be left from something else.
                """,
            inC: "set the variable, or return a value, on every path that leads here",
            inSwift: "give the variable a value on every path that leads here",
            example: Example(
                wrong: """
                    SEC("socket") __attribute__((naked)) int nothing(void)
                    {
                        asm volatile("exit");               // r0, the result, has no value
                    }
                    """,
                right: """
                    SEC("socket") __attribute__((naked)) int nothing(void)
                    {
                        asm volatile("r0 = 0; exit");
                    }
                    """)),
        RejectionPage(
            .possiblyNull, "a pointer that may be null is used",
            why: """
                A look-up in a map finds nothing if there is no such key, and a ring buffer may be full. Every \
                result that can be null must be tested before it is used.
                """,
            inC: "compare it with NULL first, and return if it is: if (!value) return 0;",
            inSwift: "unwrap it first: guard let value = map.lookup(key) else { return … }",
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
                    SEC("socket") int count(struct __sk_buff *skb)
                    {
                        __u32 key = skb->protocol;
                        __u64 *value = bpf_map_lookup_elem(&counts, &key);
                        *value += 1;
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int count(struct __sk_buff *skb)
                    {
                        __u32 key = skb->protocol;
                        __u64 *value = bpf_map_lookup_elem(&counts, &key);
                        if (!value)
                            return 0;
                        *value += 1;
                        return 0;
                    }
                    """)),
        RejectionPage(
            .invalidPointer, "this is not a pointer that can be used here",
            why: """
                An address that was computed, or that came from the kernel as a number, could point anywhere. \
                It is only followed by functions that survive a wrong one.
                """,
            inC: "read kernel memory with bpf_probe_read_kernel() or BPF_CORE_READ()",
            inSwift:
                "read the kernel's memory through KernelPointer, and keep pointers in pointers",
            example: Example(
                .kernelTypes,
                wrong: """
                    SEC("raw_tp/sched_switch") int watch(void *ctx)
                    {
                        struct task_struct *task = (void *)bpf_get_current_task();
                        return task->pid == 1;
                    }
                    """,
                right: """
                    SEC("raw_tp/sched_switch") int watch(void *ctx)
                    {
                        struct task_struct *task = (void *)bpf_get_current_task();
                        return BPF_CORE_READ(task, pid) == 1;
                    }
                    """)),
        RejectionPage(
            .pointerArithmetic, "this arithmetic is not allowed on pointers",
            why: """
                After a multiplication, or a step from a pointer that is only a limit, nobody could say what an \
                address belongs to. Numbers are added to pointers, and that is all.
                """,
            inC: "add bounded numbers only, and leave limits as they are: data + 4 > data_end, not "
                + "data > data_end - 4",
            inSwift:
                "add bounded numbers only, and compare start + count > dataEnd; leave dataEnd as it is",
            example: Example(
                wrong: """
                    SEC("xdp") int four_bytes(struct xdp_md *ctx)
                    {
                        unsigned char *data = (void *)(long)ctx->data;
                        unsigned char *end = (void *)(long)ctx->data_end;
                        return data > end - 4 ? XDP_DROP : XDP_PASS;
                    }
                    """,
                right: """
                    SEC("xdp") int four_bytes(struct xdp_md *ctx)
                    {
                        unsigned char *data = (void *)(long)ctx->data;
                        unsigned char *end = (void *)(long)ctx->data_end;
                        return data + 4 > end ? XDP_DROP : XDP_PASS;
                    }
                    """)),
        RejectionPage(
            .pointerLeak, "a kernel address would be leaked",
            why: """
                Addresses of the kernel help attackers, and a pointer into the stack is worthless once its \
                function has ended.
                """,
            inC: "store or return the value behind the pointer, not the pointer",
            inSwift: "store or return the value behind the pointer: its pointee",
            example: Example(
                wrong: """
                    static __noinline __u32 *length_of(struct __sk_buff *skb)
                    {
                        __u32 length = skb->len, *place = &length;
                        barrier_var(place);
                        return place;
                    }

                    SEC("socket") int is_long(struct __sk_buff *skb)
                    {
                        return *length_of(skb) > 1500;
                    }
                    """,
                right: """
                    static __noinline __u32 length_of(struct __sk_buff *skb)
                    {
                        return skb->len;
                    }

                    SEC("socket") int is_long(struct __sk_buff *skb)
                    {
                        return length_of(skb) > 1500;
                    }
                    """)),
        RejectionPage(
            .brokenPointer, "a part of a saved pointer is read",
            why: """
                A pointer that was saved in the stack comes back as a pointer only if all of its eight bytes are \
                read at once; a part of it would be a piece of an address.
                """,
            inC: "read it back with its own type and size",
            inSwift: "read it back with its own type and size",
            example: Example(
                wrong: """
                    SEC("socket") int half(struct __sk_buff *skb)
                    {
                        void *volatile saved = skb;
                        return *(volatile __u32 *)&saved != 0;
                    }
                    """,
                right: """
                    SEC("socket") int half(struct __sk_buff *skb)
                    {
                        void *volatile saved = skb;
                        return saved != 0;
                    }
                    """)),
        RejectionPage(
            .mixedPointers, "one instruction accesses different kinds of memory",
            why: """
                The kernel rewrites accesses to the context, to sockets and the like. One instruction cannot be \
                rewritten for one kind on one path, and stay as it is on another.
                """,
            inC:
                "access each in a branch of its own; barrier_var() keeps the compiler from merging them",
            inSwift: "access each in a branch of its own",
            example: Example(
                wrong: """
                    SEC("tc") int first_word(struct __sk_buff *skb)
                    {
                        __u64 own = 7;
                        __u32 *place = (__u32 *)&own;
                        if (skb->mark)
                            place = (__u32 *)skb;
                        barrier_var(place);
                        return *place == 7;
                    }
                    """,
                right: """
                    SEC("tc") int first_word(struct __sk_buff *skb)
                    {
                        __u32 word = 7;
                        if (skb->mark)
                            word = skb->len;
                        return word == 7;
                    }
                    """)),
        RejectionPage(
            .untrustedPointer, "nobody vouches that this object still exists",
            why: """
                A pointer that was read from a structure may lead to an object that is freed by now. Functions \
                of the kernel take objects that are held, or that the hook itself guarantees.
                """,
            inC:
                "pass an argument of the hook, or acquire the object first and release it afterwards",
            inSwift:
                "pass a TrustedPointer that the hook gave, or read fields through KernelPointer",
            example: Example(
                .kernelTypes,
                """
                struct task_struct *bpf_task_acquire(struct task_struct *task) __ksym;
                void bpf_task_release(struct task_struct *task) __ksym;
                """,
                wrong: """
                    SEC("tp_btf/task_newtask") int hold(u64 *arguments)
                    {
                        struct task_struct *task = (void *)arguments[0];
                        struct task_struct *held = bpf_task_acquire(task->parent);
                        if (held)
                            bpf_task_release(held);
                        return 0;
                    }
                    """,
                right: """
                    SEC("tp_btf/task_newtask") int hold(u64 *arguments)
                    {
                        struct task_struct *task = (void *)arguments[0];
                        struct task_struct *held = bpf_task_acquire(task);
                        if (held)
                            bpf_task_release(held);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .contextAccess, "the context has no such field here",
            why: """
                Each kind of program sees its own part of the context, and may write even less of it. A field \
                is read with its own size.
                """,
            inC: "look up which fields this kind of program may read and write",
            inSwift: "use the members that this context has; those of other hooks are not there",
            example: Example(
                wrong: """
                    SEC("socket") int paint(struct __sk_buff *skb)
                    {
                        skb->mark = 7;          // socket filters only look at packets
                        return 0;
                    }
                    """,
                right: """
                    SEC("tc") int paint(struct __sk_buff *skb)
                    {
                        skb->mark = 7;
                        return 0;
                    }
                    """)),
        RejectionPage(
            .modifiedContext, "the context is used through a pointer that was moved",
            why: """
                The context is no memory that can be walked through: each access to it is rewritten, for which \
                its place must be known. An index that is not constant is not possible.
                """,
            inC:
                "name the field; where branches read several, barrier_var() keeps the compiler from "
                + "merging them",
            inSwift: "name the member, or decide with a switch which one to read",
            example: Example(
                wrong: """
                    SEC("tc") int pick(struct __sk_buff *skb)
                    {
                        return skb->cb[skb->len & 3];
                    }
                    """,
                right: """
                    SEC("tc") int pick(struct __sk_buff *skb)
                    {
                        __u32 word = skb->cb[0];
                        barrier_var(word);      // or the compiler makes one read of two
                        if (skb->len & 1)
                            word = skb->cb[1];
                        return word;
                    }
                    """)),
    ]
}
