import EBPFBytecode
import EBPFCompilation
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Testing

/// Objects of a program's own type, lists and trees: what their functions return on this kernel.
@Suite(
    .liveKernel, .enabled("the kernel is of the tables' release") { RunningRelease.isTables },
    .enabled("clang is here") { (try? CCompiler()) != nil })
struct FunctionObjectTests {
    private static let preamble = """
        #define contains(type, node) __attribute__((btf_decl_tag("contains:" #type ":" #node)))
        #define part(name) SEC(".data." #name) __attribute__((aligned(8)))
        struct node { long key; struct bpf_rb_node inTree; struct bpf_list_node inList;
            struct bpf_refcount count; };
        struct node *unused;
        part(tree) struct bpf_spin_lock treeLock = {};
        part(tree) struct bpf_rb_root tree contains(node, inTree);
        part(list) struct bpf_spin_lock listLock = {};
        part(list) struct bpf_list_head list contains(node, inList);
        extern void *bpf_obj_new_impl(__u64, void *) __ksym;
        extern void *bpf_refcount_acquire_impl(void *, void *) __ksym;
        extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *) __ksym;
        extern struct bpf_list_node *bpf_list_pop_back(struct bpf_list_head *) __ksym;
        extern struct bpf_list_node *bpf_list_front(struct bpf_list_head *) __ksym;
        extern struct bpf_list_node *bpf_list_back(struct bpf_list_head *) __ksym;
        extern struct bpf_rb_node *bpf_rbtree_first(struct bpf_rb_root *) __ksym;
        extern struct bpf_rb_node *bpf_rbtree_root(struct bpf_rb_root *) __ksym;
        extern struct bpf_rb_node *bpf_rbtree_left(
            struct bpf_rb_root *, struct bpf_rb_node *) __ksym;
        extern struct bpf_rb_node *bpf_rbtree_right(
            struct bpf_rb_root *, struct bpf_rb_node *) __ksym;
        extern struct bpf_rb_node *bpf_rbtree_remove(
            struct bpf_rb_root *, struct bpf_rb_node *) __ksym;
        #define make() bpf_obj_new_impl(__builtin_btf_type_id(*(struct node *)0, 0), 0)

        """

    /// The function, what the verifier writes of its result, and how to come to it.
    private static let calls: [(name: String, expected: String, body: String)] = [
        ("bpf_obj_new_impl", "ptr_or_null_node(", "void *n = make(); return *(int *)n;"),
        (
            "bpf_refcount_acquire_impl", "ptr_node(",
            "void *n = make(); if (!n) return 0; return *(int *)bpf_refcount_acquire_impl(n, 0);"
        ),
        ("bpf_list_pop_front", "ptr_or_null_node(", inList("bpf_list_pop_front(&list)")),
        ("bpf_list_pop_back", "ptr_or_null_node(", inList("bpf_list_pop_back(&list)")),
        ("bpf_list_front", "rcu_ptr_or_null_node(", inList("bpf_list_front(&list)")),
        ("bpf_list_back", "rcu_ptr_or_null_node(", inList("bpf_list_back(&list)")),
        ("bpf_rbtree_first", "rcu_ptr_or_null_node(", inTree("bpf_rbtree_first(&tree)")),
        ("bpf_rbtree_root", "rcu_ptr_or_null_node(", inTree("bpf_rbtree_root(&tree)")),
        ("bpf_rbtree_left", "rcu_ptr_or_null_node(", below("bpf_rbtree_left")),
        ("bpf_rbtree_right", "rcu_ptr_or_null_node(", below("bpf_rbtree_right")),
        ("bpf_rbtree_remove", "ptr_or_null_node(", below("bpf_rbtree_remove")),
    ]

    private static func inList(_ call: String) -> String {
        "bpf_spin_lock(&listLock); return *(int *)\(call);"
    }

    private static func inTree(_ call: String) -> String {
        "bpf_spin_lock(&treeLock); return *(int *)\(call);"
    }

    private static func below(_ function: String) -> String {
        """
        bpf_spin_lock(&treeLock);
        struct bpf_rb_node *root = bpf_rbtree_root(&tree);
        if (!root) { bpf_spin_unlock(&treeLock); return 0; }
        return *(int *)\(function)(&tree, root);
        """
    }

    @Test(arguments: calls)
    func `what comes back`(_ name: String, _ expected: String, _ body: String) async throws {
        let specs = try await CObject.specs(
            Self.preamble + "SEC(\"tc\") int f(struct __sk_buff *packet) { \(body) }")
        let row = try #require(KernelFunction(name: name))
        let failure = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        guard case .rejected(let rejection) = failure else { throw Unexpected(failure: failure) }
        let line = try #require(
            rejection.log.split(separator: "\n").last { $0.contains("call \(name)#") })
        let result = try #require(line.split(separator: " ").last { $0.hasPrefix("R0=") })
        #expect(result.hasPrefix("R0=" + expected), "\(line)")
        // What is owned for certain is not null, whatever the flag says.
        #expect(
            result.contains("_or_null")
                == (row.flags.contains(.mayReturnNull) && row.role != .acquireReference))
        #expect(result.contains("ref_obj_id") == row.flags.contains(.acquires))
    }

    /// Whether the lock was taken is another state of the verifier each.
    @Test(arguments: [
        ("R0=0 ", "if (result) return 0; return *(int *)(long)result;"),
        (
            "R0=scalar(smin=smin32=-4095,smax=smax32=-1,",
            "if (!result) { bpf_res_spin_unlock(&value->lock); return 0; } "
                + "return *(int *)(long)result;"
        ),
    ])
    func `a lock that may fail`(_ expected: String, _ ending: String) async throws {
        let specs = try await CObject.specs(
            """
            struct bpf_res_spin_lock { __u32 val; };
            struct value { struct bpf_res_spin_lock lock; int number; };
            struct {
                __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1);
                __type(key, int); __type(value, struct value);
            } values SEC(".maps");
            extern int bpf_res_spin_lock(struct bpf_res_spin_lock *) __ksym;
            extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *) __ksym;
            SEC("tc") int f(struct __sk_buff *packet) {
                int key = 0;
                struct value *value = bpf_map_lookup_elem(&values, &key);
                if (!value) return 0;
                int result = bpf_res_spin_lock(&value->lock);
                \(ending)
            }
            """)
        let failure = #expect(throws: LoadFailure.self) { try KernelHost().load(specs) }
        guard case .rejected(let rejection) = failure else { throw Unexpected(failure: failure) }
        #expect(rejection.log.contains(expected), "\(rejection.log.suffix(600))")
    }

    private struct Unexpected: Error { let failure: LoadFailure? }
}
