extension RejectionPage {
    /// How execution goes through a program.
    static let control: [RejectionPage] = [
        RejectionPage(
            .endlessLoop, "the program may never end",
            why: """
                The kernel cannot wait for a program. A loop that comes back to its start with nothing changed \
                would go on for ever.
                """,
            inC: "give the loop a constant limit, or use bpf_loop()",
            inSwift:
                "give the loop a limit, for _ in 0..<64, or use loop(_:), whose body is verified once",
            example: Example(
                """
                volatile __u32 ready;
                """,
                wrong: """
                    SEC("socket") int wait(struct __sk_buff *skb)
                    {
                        while (!ready)
                            ;
                        return 0;
                    }
                    """,
                right: """
                    SEC("socket") int wait(struct __sk_buff *skb)
                    {
                        for (int i = 0; i < 100 && !ready; i++)
                            ;
                        return 0;
                    }
                    """)),
        RejectionPage(
            .tooComplex, "the program is too complex to verify",
            why: """
                Every path is walked, each turn of a loop for itself, and after a million instructions the \
                verifier gives up. The program may be fine, but nobody can tell.
                """,
            inC:
                "make loops shorter, move parts to global functions, or use bpf_loop(); ebpf verify --stats "
                + "shows what costs",
            inSwift:
                "give the loop a limit, for _ in 0..<64, or use loop(_:), whose body is verified "
                + "once; ebpf verify --stats shows what costs",
            example: Example(
                """
                volatile __u32 total;
                """,
                wrong: """
                    SEC("socket") int sum(struct __sk_buff *skb)
                    {
                        for (__u32 i = 0; i < 500000; i++)
                            total += i;
                        return 0;
                    }
                    """,
                right: """
                    static long add(__u64 i, void *unused)
                    {
                        total += i;
                        return 0;
                    }

                    SEC("socket") int sum(struct __sk_buff *skb)
                    {
                        bpf_loop(500000, add, 0, 0);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .unreachable, "an instruction is never reached",
            why:
                "Code that nothing leads to is a sign that a tool went wrong, so the kernel takes none.",
            inC: "remove the code after the last return or jump",
            inSwift: "remove the code after the last return",
            example: Example(
                wrong: """
                    SEC("socket") __attribute__((naked)) int twice(void)
                    {
                        asm volatile("r0 = 0; exit; r0 = 1; exit");
                    }
                    """,
                right: """
                    SEC("socket") __attribute__((naked)) int twice(void)
                    {
                        asm volatile("r0 = 0; exit");
                    }
                    """)),
        RejectionPage(
            .fallsThrough, "the program runs past its end",
            why: """
                After a function's last instruction comes another function, or nothing. Each must end with an \
                exit or a jump inside of it.
                """,
            inC: "end every path with a return; after __builtin_unreachable() there is none",
            inSwift: "end every path with a return",
            example: Example(
                wrong: """
                    SEC("socket") __attribute__((naked)) int nothing(void)
                    {
                        asm volatile("r0 = 0");
                    }
                    """,
                right: """
                    SEC("socket") __attribute__((naked)) int nothing(void)
                    {
                        asm volatile("r0 = 0; exit");
                    }
                    """)),
        RejectionPage(
            .invalidInstruction, "the instruction is not valid",
            why: """
                The instruction does not exist, divides by the constant 0, shifts by more bits than there are, or \
                has fields set that mean nothing.
                """,
            inC: "let the compiler write instructions; check inline assembly and -mcpu",
            inSwift: "let the compiler write instructions; check --target-cpu",
            example: Example(
                wrong: """
                    SEC("socket") __attribute__((naked)) int divide(void)
                    {
                        asm volatile("r0 = 1; r0 /= 0; exit");
                    }
                    """,
                right: """
                    SEC("socket") __attribute__((naked)) int divide(void)
                    {
                        asm volatile("r0 = 1; r0 /= 2; exit");
                    }
                    """)),
        RejectionPage(
            .callDepth, "functions are nested too deeply",
            why: """
                At most eight functions may call each other in a row, the program itself is one of them, and none \
                may call itself: the stack is small.
                """,
            inC:
                "call at most eight functions deep and never in a circle; mark some __always_inline",
            inSwift:
                "call at most eight functions deep and never in a circle; mark some @inline(__always)",
            example: Example(
                """
                #define LEVEL(name, next) \\
                    static __noinline int name(int n) { barrier_var(n); return next(n) + 1; }
                static __noinline int level8(int n) { barrier_var(n); return n; }
                LEVEL(level7, level8)
                LEVEL(level6, level7)
                LEVEL(level5, level6)
                LEVEL(level4, level5)
                LEVEL(level3, level4)
                LEVEL(level2, level3)
                """,
                wrong: """
                    LEVEL(level1, level2)
                    SEC("socket") int deep(struct __sk_buff *skb) { return level1(skb->len); }
                    """,
                right: """
                    SEC("socket") int deep(struct __sk_buff *skb) { return level2(skb->len); }
                    """)),
        RejectionPage(
            .returnValue, "the result is not one that is allowed here",
            why: """
                What a program returns tells the kernel what to do. Hooks that know only some answers refuse a \
                program that might give another.
                """,
            inC: "return one of the values that this hook knows, on every path",
            inSwift: "return one of the values that this hook knows, on every path",
            example: Example(
                wrong: """
                    SEC("cgroup_skb/ingress") int admit(struct __sk_buff *skb)
                    {
                        return skb->len;
                    }
                    """,
                right: """
                    SEC("cgroup_skb/ingress") int admit(struct __sk_buff *skb)
                    {
                        return skb->len < 1500;
                    }
                    """)),
        RejectionPage(
            .exceptions, "an exception is thrown or handled where that cannot be",
            why: """
                bpf_throw() ends the whole program at once. Callbacks are called by the kernel itself, which \
                would be left in the middle of something.
                """,
            inC:
                "throw from the program or its own functions, not from a callback; give it one handler",
            inSwift: "return from the callback, and let the program decide",
            example: Example(
                .kernelTypes,
                wrong: """
                    static long step(u64 i, void *unused)
                    {
                        bpf_throw(i);
                        return 0;
                    }

                    SEC("tc") int loop(struct __sk_buff *skb)
                    {
                        bpf_loop(8, step, 0, 0);
                        return 0;
                    }
                    """,
                right: """
                    static long step(u64 i, void *unused)
                    {
                        return i > 4;
                    }

                    SEC("tc") int loop(struct __sk_buff *skb)
                    {
                        if (bpf_loop(8, step, 0, 0) > 4)
                            bpf_throw(7);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .globalFunction, "a global function cannot be verified alone",
            why: """
                A global function is verified once, for all callers, from its prototype alone. So it returns a \
                number, and takes numbers, the context, and pointers to memory of a known size.
                """,
            inC: "make the function static, return a number, or pass a pointer to a whole struct",
            inSwift:
                "make the function private, return a number, or pass a pointer to a whole struct",
            example: Example(
                """
                __u64 totals[2];
                """,
                wrong: """
                    __noinline __u64 *total_of(__u32 which)
                    {
                        return which ? &totals[1] : &totals[0];
                    }

                    SEC("socket") int add(struct __sk_buff *skb)
                    {
                        *total_of(skb->len) += 1;
                        return 0;
                    }
                    """,
                right: """
                    static __noinline __u64 *total_of(__u32 which)
                    {
                        return which ? &totals[1] : &totals[0];
                    }

                    SEC("socket") int add(struct __sk_buff *skb)
                    {
                        *total_of(skb->len) += 1;
                        return 0;
                    }
                    """)),
        RejectionPage(
            .unprovenCheck, "it is not proved that this check of Swift's holds",
            why: """
                With --traps keep you promise that no check of Swift's ever fails: no overflow, no index past the \
                end, no nil that is forced. The verifier found a way on which one may.
                """,
            inC: "C has no such checks",
            inSwift:
                "make sure that it holds: guard before it, index & (count - 1), &+; or count failed "
                + "checks when they happen, with --traps count"),
        RejectionPage(
            .other, "the verifier refuses it",
            why: """
                The kernel says no in words that this version does not know. `ebpf verify --kernel` shows them, \
                and our own verifier's reason beside them.
                """,
            inC: "", inSwift: ""),
    ]
}
