extension RejectionPage {
    /// Objects with rules of their own: dynptrs, iterators, lists, trees, kernel pointers.
    static let objects: [RejectionPage] = [
        RejectionPage(
            .dynptr, "a dynptr is not used as it must be",
            why: """
                A dynptr lives in 16 bytes of stack, is made by a function before anything else uses it, and must \
                not be overwritten while it holds a record.
                """,
            inC:
                "make it first (bpf_dynptr_from_mem(), …), pass its own address, and give it back once",
            inSwift: "make it first, pass its own address, and give it back once",
            example: Example(
                """
                char bytes[64];
                """,
                wrong: """
                    SEC("socket") int first_byte(struct __sk_buff *skb)
                    {
                        struct bpf_dynptr view;
                        char byte = 0;
                        bpf_dynptr_read(&byte, sizeof(byte), &view, 0, 0);
                        return byte;
                    }
                    """,
                right: """
                    SEC("socket") int first_byte(struct __sk_buff *skb)
                    {
                        struct bpf_dynptr view;
                        char byte = 0;
                        bpf_dynptr_from_mem(bytes, sizeof(bytes), 0, &view);
                        bpf_dynptr_read(&byte, sizeof(byte), &view, 0, 0);
                        return byte;
                    }
                    """)),
        RejectionPage(
            .iterator, "an iterator is not used as it must be",
            why: """
                An iterator is made, asked for elements until there are none, and destroyed: in this order, and \
                each time in the same place of the stack.
                """,
            inC:
                "call …_new() before …_next(), and …_destroy() at the end; bpf_for() does all three",
            inSwift: "use the loops that the language has, or loop(_:)",
            example: Example(
                .kernelTypes,
                wrong: """
                    SEC("socket") int count(struct __sk_buff *skb)
                    {
                        struct bpf_iter_num numbers;
                        int turns = 0;
                        while (bpf_iter_num_next(&numbers))
                            turns++;
                        bpf_iter_num_destroy(&numbers);
                        return turns;
                    }
                    """,
                right: """
                    SEC("socket") int count(struct __sk_buff *skb)
                    {
                        struct bpf_iter_num numbers;
                        int turns = 0;
                        bpf_iter_num_new(&numbers, 0, skb->len);
                        while (bpf_iter_num_next(&numbers))
                            turns++;
                        bpf_iter_num_destroy(&numbers);
                        return turns;
                    }
                    """)),
        RejectionPage(
            .lockRequired, "a list or tree is used without its lock",
            why: """
                Lists and trees are changed by all processors at once. The bpf_spin_lock in the same value, and no \
                other, protects them.
                """,
            inC: "take the bpf_spin_lock of the same value before, and release it afterwards",
            inSwift: "do it inside of withLock of the same value",
            example: Example(
                .kernelTypes, listDeclarations,
                wrong: """
                    SEC("tc") int push(struct __sk_buff *skb)
                    {
                        struct element *element = NEW(struct element);
                        if (!element)
                            return 0;
                        bpf_list_push_front_impl(&head, &element->node, 0, 0);
                        return 0;
                    }
                    """,
                right: """
                    SEC("tc") int push(struct __sk_buff *skb)
                    {
                        struct element *element = NEW(struct element);
                        if (!element)
                            return 0;
                        bpf_spin_lock(&lock);
                        bpf_list_push_front_impl(&head, &element->node, 0, 0);
                        bpf_spin_unlock(&lock);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .listOrTree, "an object does not belong into this list or tree",
            why: """
                A list or tree takes objects that the program made and still owns, by the member that its \
                declaration names; once added, they are no longer the program's.
                """,
            inC: "add what bpf_obj_new() gave, once, by the member that __contains names",
            inSwift: "add what was allocated, once, by the member that the list is declared for",
            example: Example(
                .kernelTypes, listDeclarations,
                wrong: """
                    SEC("tc") int push(struct __sk_buff *skb)
                    {
                        struct element *element = NEW(struct element);
                        if (!element)
                            return 0;
                        bpf_spin_lock(&lock);
                        bpf_list_push_front_impl(&head, &element->node, 0, 0);
                        bpf_list_push_front_impl(&head, &element->node, 0, 0);
                        bpf_spin_unlock(&lock);
                        return 0;
                    }
                    """,
                right: """
                    SEC("tc") int push(struct __sk_buff *skb)
                    {
                        struct element *element = NEW(struct element);
                        if (!element)
                            return 0;
                        bpf_spin_lock(&lock);
                        bpf_list_push_front_impl(&head, &element->node, 0, 0);
                        bpf_spin_unlock(&lock);
                        return 0;
                    }
                    """)),
        RejectionPage(
            .kernelPointerField, "a kernel pointer in a map is not used as it must be",
            why: """
                A map that keeps a pointer to an object of the kernel holds it alive. So it is exchanged whole, \
                with bpf_kptr_xchg(), never written as bytes.
                """,
            inC: "exchange it: old = bpf_kptr_xchg(&value->pointer, new); and release the old one",
            inSwift: "exchange it with the helper kptrXchg, and release the old one",
            example: Example(
                .kernelTypes,
                """
                struct task_struct *bpf_task_acquire(struct task_struct *task) __ksym;
                void bpf_task_release(struct task_struct *task) __ksym;
                struct entry {
                    struct task_struct __kptr *task;
                };
                struct {
                    __uint(type, BPF_MAP_TYPE_ARRAY);
                    __uint(max_entries, 1);
                    __type(key, u32);
                    __type(value, struct entry);
                } entries SEC(".maps");
                """,
                wrong: """
                    SEC("tp_btf/task_newtask") int remember(u64 *arguments)
                    {
                        u32 key = 0;
                        struct entry *entry = bpf_map_lookup_elem(&entries, &key);
                        if (entry)
                            entry->task = (void *)arguments[0];
                        return 0;
                    }
                    """,
                right: """
                    SEC("tp_btf/task_newtask") int remember(u64 *arguments)
                    {
                        u32 key = 0;
                        struct entry *entry = bpf_map_lookup_elem(&entries, &key);
                        if (!entry)
                            return 0;
                        struct task_struct *task = bpf_task_acquire((void *)arguments[0]);
                        if (!task)
                            return 0;
                        task = bpf_kptr_xchg(&entry->task, task);
                        if (task)
                            bpf_task_release(task);
                        return 0;
                    }
                    """)),
    ]

    private static let listDeclarations = """
        #define NEW(type) ((type *)bpf_obj_new_impl(bpf_core_type_id_local(type), 0))
        #define __private(name) SEC(".data." #name) __hidden __attribute__((aligned(8)))
        struct element {
            struct bpf_list_node node;
            int number;
        };
        __private(list) struct bpf_spin_lock lock;
        __private(list) struct bpf_list_head head
            __attribute__((btf_decl_tag("contains:element:node")));
        """
}
