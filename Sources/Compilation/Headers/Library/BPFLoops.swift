extension HeaderFile {
    /// Loops over iterators, included by `bpf_helpers.h`.
    ///
    /// The iterator is destroyed on every way out (`cleanup`); the verifier insists on it. Its
    /// destructor is named once more in the loop's head, since the compiler writes type
    /// information only for functions that the code mentions.
    static let bpfLoops = HeaderFile(
        "bpf/bpf_loops.h",
        #"""
        #ifndef __BPF_LOOPS__
        #define __BPF_LOOPS__

        #include <bpf/bpf_helpers.h>

        struct bpf_iter_num;

        extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __weak __ksym;
        extern int *bpf_iter_num_next(struct bpf_iter_num *it) __weak __ksym;
        extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __weak __ksym;

        /* The declarations of a loop: the iterator, and an unused pointer whose initial value
         * starts it. */
        #define ___bpf_iterator(type, args...) \
            struct bpf_iter_##type ___it \
                __attribute__((aligned(8), cleanup(bpf_iter_##type##_destroy))), \
                *___started __attribute__((unused)) = \
                    (bpf_iter_##type##_new(&___it, ##args), \
                     (void)bpf_iter_##type##_destroy, (void *)0)

        #ifndef bpf_for_each
        /* for each `cur` of an open-coded iterator: bpf_for_each(task, task, NULL, 0) */
        #define bpf_for_each(type, cur, args...) \
            for (___bpf_iterator(type, ##args); ((cur) = bpf_iter_##type##_next(&___it));)
        #endif

        #ifndef bpf_for
        /* for `i` from start up to, but not including, end; the comparison repeats what the
         * iterator guarantees, for the verifier's knowledge of `i` */
        #define bpf_for(i, start, end) \
            for (___bpf_iterator(num, (start), (end)); ({ \
                     int *___next = bpf_iter_num_next(&___it); \
                     ___next && ((i) = *___next, (i) >= (start) && (i) < (end)); });)
        #endif

        #ifndef bpf_repeat
        /* a number of times */
        #define bpf_repeat(N) \
            for (___bpf_iterator(num, 0, (N)); bpf_iter_num_next(&___it);)
        #endif

        #endif
        """#
    )
}
