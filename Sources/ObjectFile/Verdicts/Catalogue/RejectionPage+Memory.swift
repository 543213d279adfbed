extension RejectionPage {
    /// Places that are accessed: maps' values, packets, the stack, the context.
    static let memory: [RejectionPage] = [
        RejectionPage(
            .uninitializedStack, "stack is read that holds no plain data",
            why: """
                Stack that nobody has written may show what others left there, and some of it holds \
                objects, such as dynptrs and iterators, that only their own functions may read.
                """,
            inC:
                "initialise the whole variable, with its padding: struct s x = {}; and read objects "
                + "only through their functions",
            inSwift: "give every member a value, and declare padding as a member of its own",
            example: Example(
                """
                __u32 bytes[4];
                """,
                wrong: """
                    SEC("socket") int first_byte(struct __sk_buff *skb)
                    {
                        struct bpf_dynptr view;
                        bpf_dynptr_from_mem(bytes, sizeof(bytes), 0, &view);
                        return *(volatile char *)&view;
                    }
                    """,
                right: """
                    SEC("socket") int first_byte(struct __sk_buff *skb)
                    {
                        struct bpf_dynptr view;
                        bpf_dynptr_from_mem(bytes, sizeof(bytes), 0, &view);
                        char byte = 0;
                        bpf_dynptr_read(&byte, sizeof(byte), &view, 0, 0);
                        return byte;
                    }
                    """)),
        RejectionPage(
            .outOfBounds, "the access may go out of bounds",
            why: """
                Behind a map's value lies memory of others. The access must stay inside for every value \
                that an offset may have at that point, not only for those that you expect.
                """,
            inC: "check the index against the size before the access: if (i >= SIZE) return 0;",
            inSwift: "check the index before the access: guard index < count else { return … }",
            example: Example(
                """
                __u32 sizes[4];
                """,
                wrong: """
                    SEC("socket") int classify(struct __sk_buff *skb)
                    {
                        __u32 class = skb->len / 512;
                        if (class > 4)          // 4 is one too many
                            return 0;
                        sizes[class]++;
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int classify(struct __sk_buff *skb)
                    {
                        __u32 class = skb->len / 512;
                        if (class >= 4)
                            return 0;
                        sizes[class]++;
                        return 0;
                    }
                    """)),
        RejectionPage(
            .unbounded, "nothing limits this offset",
            why: """
                An index that comes from a packet, a map or the context can be any number. Until it is \
                compared with something, an access with it could reach anywhere.
                """,
            inC: "limit it first: if (i >= SIZE) return 0; or i &= SIZE - 1 with an unsigned i",
            inSwift:
                "limit it first: guard index < count else { return … }, or index & (count - 1)",
            example: Example(
                """
                __u32 sizes[64];
                """,
                wrong: """
                    SEC("socket") int histogram(struct __sk_buff *skb)
                    {
                        sizes[skb->len]++;
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int histogram(struct __sk_buff *skb)
                    {
                        sizes[skb->len & 63]++;
                        return 0;
                    }
                    """)),
        RejectionPage(
            .possiblyNegative, "a size or an offset may be negative",
            why: """
                A signed number that is only compared with an upper limit may still lie below zero: before \
                the start of the memory, or, as a size, be enormous.
                """,
            inC:
                "use an unsigned type, or test the lower end, too: if (n < 0 || n > SIZE) return 0;",
            inSwift: "use UInt32 or UInt64, or test the lower end, too: guard 0..<count ~= index",
            example: Example(
                """
                char text[16];
                volatile long next;
                """,
                wrong: """
                    SEC("socket") int note(struct __sk_buff *skb)
                    {
                        long index = next;
                        if (index >= 16)
                            return 0;
                        text[index] = 'x';
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int note(struct __sk_buff *skb)
                    {
                        long index = next;
                        if (index < 0 || index >= 16)
                            return 0;
                        text[index] = 'x';
                        return 0;
                    }
                    """)),
        RejectionPage(
            .emptyAccess, "a size may be 0 where a byte is needed",
            why: """
                Some functions take no empty memory: with a size of 0 they would have nothing to do, and \
                callers have mostly forgotten a check.
                """,
            inC: "leave before the call: if (size == 0) return 0;",
            inSwift: "leave before the call: guard size > 0 else { return … }",
            example: Example(
                """
                char text[16];
                """,
                wrong: """
                    SEC("socket") int copy(struct __sk_buff *skb)
                    {
                        __u32 size = skb->len & 15;
                        return bpf_skb_load_bytes(skb, 0, text, size);
                    }
                    """,
                right: """
                    SEC("socket") int copy(struct __sk_buff *skb)
                    {
                        __u32 size = skb->len & 15;
                        if (size == 0)
                            return 0;
                        return bpf_skb_load_bytes(skb, 0, text, size);
                    }
                    """)),
        RejectionPage(
            .packetBounds, "the access may go past the packet",
            why: """
                A packet can be shorter than its headers promise. Only bytes that were compared with \
                data_end, through the same pointer, are known to be there.
                """,
            inC:
                "check first that there are enough bytes: if (pointer + SIZE > data_end) return …;",
            inSwift:
                "take headers with packet.header(_:at:), which is nil where the packet ends before",
            example: Example(
                wrong: """
                    SEC("xdp") int first_byte(struct xdp_md *ctx)
                    {
                        unsigned char *data = (void *)(long)ctx->data;
                        return data[0] == 0xff ? XDP_DROP : XDP_PASS;
                    }
                    """,
                right: """
                    SEC("xdp") int first_byte(struct xdp_md *ctx)
                    {
                        unsigned char *data = (void *)(long)ctx->data;
                        unsigned char *end = (void *)(long)ctx->data_end;
                        if (data + 1 > end)
                            return XDP_PASS;
                        return data[0] == 0xff ? XDP_DROP : XDP_PASS;
                    }
                    """)),
        RejectionPage(
            .stackBounds, "the access lies outside the stack",
            why: """
                A function has at most 512 bytes of stack. Above them lies what belongs to the kernel, and an \
                index that is too large would reach it.
                """,
            inC: "check the index against the array's size; the stack has 512 bytes",
            inSwift: "check the index against the count; the stack has 512 bytes",
            example: Example(
                wrong: """
                    SEC("socket") int mark(struct __sk_buff *skb)
                    {
                        volatile char seen[24] = {};
                        __u32 class = skb->len / 64;
                        if (class > 24)         // 24 is one too many
                            return 0;
                        seen[class] = 1;
                        return seen[0];
                    }
                    """,
                right: """
                    SEC("socket") int mark(struct __sk_buff *skb)
                    {
                        volatile char seen[24] = {};
                        __u32 class = skb->len / 64;
                        if (class >= 24)
                            return 0;
                        seen[class] = 1;
                        return seen[0];
                    }
                    """)),
        RejectionPage(
            .stackTooLarge, "too much stack is needed",
            why: """
                All functions of a chain of calls share 512 bytes of stack, and each of them is rounded up to \
                a multiple of 32.
                """,
            inC:
                "keep large variables in a per-CPU array; all functions of a call chain share 512 bytes",
            inSwift:
                "keep large values in a PerCPUArray; all functions of a call chain share 512 bytes",
            example: Example(
                wrong: """
                    static __noinline int fill(int seed)
                    {
                        volatile char room[300] = {};
                        room[seed & 255] = 1;
                        return room[0];
                    }

                    SEC("socket") int twice(struct __sk_buff *skb)
                    {
                        volatile char room[300] = {};
                        room[skb->len & 255] = 1;
                        return fill(skb->len) + room[0];
                    }
                    """,
                right: """
                    static __noinline int fill(int seed)
                    {
                        volatile char room[128] = {};
                        room[seed & 127] = 1;
                        return room[0];
                    }

                    SEC("socket") int twice(struct __sk_buff *skb)
                    {
                        volatile char room[128] = {};
                        room[skb->len & 127] = 1;
                        return fill(skb->len) + room[0];
                    }
                    """)),
        RejectionPage(
            .misaligned, "the access is not aligned",
            why: """
                The stack, and atomic operations everywhere, are only accessed at multiples of the size of the \
                access; some processors cannot do it otherwise.
                """,
            inC: "access members at multiples of their size, or copy them first",
            inSwift: "order members by their size, the largest first, or copy them first",
            example: Example(
                wrong: """
                    SEC("socket") int peek(struct __sk_buff *skb)
                    {
                        __u32 words[4] __attribute__((aligned(8))) = {};
                        words[0] = skb->len;
                        __u32 *place = &words[1];
                        barrier_var(place);
                        return *(__u64 *)place;
                    }
                    """,
                right: """
                    SEC("socket") int peek(struct __sk_buff *skb)
                    {
                        __u32 words[4] __attribute__((aligned(8))) = {};
                        words[0] = skb->len;
                        __u32 *place = &words[2];
                        barrier_var(place);
                        return *(__u64 *)place;
                    }
                    """)),
        RejectionPage(
            .readOnly, "read-only memory is written",
            why: """
                Constant data, keys, sockets and most structures of the kernel can be looked at, but others rely \
                on them: a change would break what they know.
                """,
            inC: "copy it to the stack or to a map, and change it there",
            inSwift: "copy it into a variable or a map, and change it there",
            example: Example(
                """
                const volatile __u32 limit = 100;
                __u32 seen;
                """,
                wrong: """
                    SEC("socket") int count(struct __sk_buff *skb)
                    {
                        __u32 *place = (__u32 *)&limit;
                        barrier_var(place);
                        *place = skb->len;
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int count(struct __sk_buff *skb)
                    {
                        seen = skb->len;
                        return seen > limit;
                    }
                    """)),
        RejectionPage(
            .writeOnly, "a map is read that programs can only write",
            why:
                "The map was made with BPF_F_WRONLY_PROG: only applications may read what is in it.",
            inC: "leave BPF_F_WRONLY_PROG away, or keep what you need in another map",
            inSwift: "keep what you need to read in another map",
            example: Example(
                """
                struct {
                    __uint(type, BPF_MAP_TYPE_ARRAY);
                    __uint(max_entries, 1);
                    __uint(map_flags, BPF_F_WRONLY_PROG);
                    __type(key, __u32);
                    __type(value, __u64);
                } totals SEC(".maps");
                """,
                wrong: """
                    SEC("socket") int add(struct __sk_buff *skb)
                    {
                        __u32 key = 0;
                        __u64 *total = bpf_map_lookup_elem(&totals, &key);
                        return total ? *total : 0;
                    }
                    """,
                right: """
                    SEC("socket") int add(struct __sk_buff *skb)
                    {
                        __u32 key = 0;
                        __u64 *total = bpf_map_lookup_elem(&totals, &key);
                        if (total)
                            *total = skb->len;
                        return 0;
                    }
                    """)),
    ]
}
