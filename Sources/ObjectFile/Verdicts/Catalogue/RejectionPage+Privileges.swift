import EBPFBytecode

extension RejectionPage {
    /// What is refused only to those who lack capabilities.
    static let privileges: [RejectionPage] = [
        RejectionPage(
            .missingCapability, "it takes capabilities that whoever loads the program lacks",
            why: """
                CAP_BPF allows most of eBPF, CAP_NET_ADMIN programs that decide over packets of others, and \
                CAP_PERFMON what looks into the kernel's memory. Without CAP_BPF only short socket filters without \
                loops and functions are possible, if the kernel lets them in at all.
                """,
            inC: "load it with the capability that is named, or do without what needs it",
            inSwift: "load it with the capability that is named, or do without what needs it",
            example: Example(
                loadedWith: [.bpf],
                wrong: """
                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        bpf_printk("%d bytes", skb->len);
                        return 0;
                    }
                    """,
                right: """
                    struct {
                        __uint(type, BPF_MAP_TYPE_RINGBUF);
                        __uint(max_entries, 4096);
                    } lengths SEC(".maps");

                    SEC("socket") int report(struct __sk_buff *skb)
                    {
                        __u32 length = skb->len;

                        bpf_ringbuf_output(&lengths, &length, sizeof(length), 0);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .speculation, "a processor that guesses wrongly could read the kernel's memory",
            why: """
                Processors run ahead on guesses, and what they read then can be found out. So the kernel masks \
                offsets that programs add to pointers, and refuses what it cannot mask, unless whoever loads the \
                program may read its memory anyway (CAP_PERFMON).
                """,
            inC:
                "test an offset before it is added, index maps instead of arrays on the stack, and "
                + "compute with a pointer inside of each branch, or load it with CAP_PERFMON",
            inSwift:
                "test an offset before it is added, index maps instead of arrays on the stack, and "
                + "compute with a pointer inside of each branch, or load it with CAP_PERFMON",
            example: Example(
                loadedWith: [.bpf],
                wrong: """
                    SEC("socket") int digit(struct __sk_buff *skb)
                    {
                        volatile char digits[16] = "0123456789abcdef";

                        return digits[skb->len & 15];
                    }
                    """,
                right: """
                    const char digits[16] = "0123456789abcdef";

                    SEC("socket") int digit(struct __sk_buff *skb)
                    {
                        return digits[skb->len & 15];
                    }
                    """)),
    ]
}
