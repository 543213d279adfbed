extension RejectionPage {
    /// Locks, sections, and what is held and given back.
    static let held: [RejectionPage] = [
        RejectionPage(
            .leakedReference, "something acquired is not released",
            why: """
                A record of a ring buffer, a socket or an object that a program holds is kept for it. If a path \
                ends without giving it back, it is lost for ever.
                """,
            inC: "release, submit or discard it on every path, also before each return",
            inSwift:
                "submit it, or let it go out of scope, on every path; give back what helpers acquire",
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
                        __u32 *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
                        if (!event)
                            return 0;
                        if (skb->len < 64)
                            return 0;
                        *event = skb->len;
                        bpf_ringbuf_submit(event, 0);
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        __u32 *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
                        if (!event)
                            return 0;
                        if (skb->len < 64) {
                            bpf_ringbuf_discard(event, 0);
                            return 0;
                        }
                        *event = skb->len;
                        bpf_ringbuf_submit(event, 0);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .notAcquired, "something is given back that is not held",
            why: """
                What is given back twice, or was never acquired, would be freed while others use it.
                """,
            inC: "release exactly what was acquired, once, and do not use it afterwards",
            inSwift: "release exactly what was acquired, once; Reservation does it for you",
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
                        __u32 *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
                        if (!event)
                            return 0;
                        bpf_ringbuf_submit(event, 0);
                        bpf_ringbuf_submit(event, 0);
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        __u32 *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
                        if (!event)
                            return 0;
                        bpf_ringbuf_submit(event, 0);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .locking, "a lock is not used as it must be",
            why: """
                One lock is held at a time, and given back by the one who took it: everything else can make a \
                processor wait for itself.
                """,
            inC: "take one lock at a time, and release the same one on every path",
            inSwift: "use withLock, one at a time: it takes the lock and gives it back",
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
                    SEC("tc") int add(struct __sk_buff *skb)
                    {
                        __u32 key = 0;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (!account)
                            return 0;
                        account->total += 1;
                        bpf_spin_unlock(&account->lock);
                        return 0;
                    }
                    """,
                right: """
                    SEC("tc") int add(struct __sk_buff *skb)
                    {
                        __u32 key = 0;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (!account)
                            return 0;
                        bpf_spin_lock(&account->lock);
                        account->total += 1;
                        bpf_spin_unlock(&account->lock);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .callUnderLock, "something is called while a lock is held",
            why: """
                Others wait for the lock, with nothing else to do. So nothing is called under it: neither helpers \
                nor global functions.
                """,
            inC: "do the call before the lock is taken, or after it is released",
            inSwift:
                "while a lock is held, call nothing and let no check fail: &+ instead of +, no index",
            example: Example(
                """
                struct account {
                    struct bpf_spin_lock lock;
                    __u32 random;
                };
                struct {
                    __uint(type, BPF_MAP_TYPE_ARRAY);
                    __uint(max_entries, 1);
                    __type(key, __u32);
                    __type(value, struct account);
                } accounts SEC(".maps");
                """,
                wrong: """
                    SEC("tc") int stir(struct __sk_buff *skb)
                    {
                        __u32 key = 0;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (!account)
                            return 0;
                        bpf_spin_lock(&account->lock);
                        account->random = bpf_get_prandom_u32();
                        bpf_spin_unlock(&account->lock);
                        return 0;
                    }
                    """,
                right: """
                    SEC("tc") int stir(struct __sk_buff *skb)
                    {
                        __u32 key = 0;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (!account)
                            return 0;
                        __u32 random = bpf_get_prandom_u32();
                        bpf_spin_lock(&account->lock);
                        account->random = random;
                        bpf_spin_unlock(&account->lock);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .openSection, "a function ends while a lock is held or a section is open",
            why: """
                A lock that is never released, preemption or interrupts that stay off, an RCU section that stays \
                open: each of them stops the machine sooner or later.
                """,
            inC: "release the lock, or close the section, on every path, also before each return",
            inSwift: "use withLock and the other functions with a body: they close what they open",
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
                    SEC("tc") int add(struct __sk_buff *skb)
                    {
                        __u32 key = 0, length = skb->len;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (!account)
                            return 0;
                        bpf_spin_lock(&account->lock);
                        if (length > 1500)
                            return 0;
                        account->total += length;
                        bpf_spin_unlock(&account->lock);
                        return 0;
                    }
                    """,
                right: """
                    SEC("tc") int add(struct __sk_buff *skb)
                    {
                        __u32 key = 0, length = skb->len;
                        struct account *account = bpf_map_lookup_elem(&accounts, &key);
                        if (!account)
                            return 0;
                        if (length > 1500)
                            return 0;
                        bpf_spin_lock(&account->lock);
                        account->total += length;
                        bpf_spin_unlock(&account->lock);
                        return 0;
                    }
                    """)),
    ]
}
