import EBPFBytecode
@testable import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

/// Calls of kernel functions with right arguments, and with one thing wrong about the place: what
/// the running kernel's verifier writes, compared with the table and with what it says of roles.
@Suite(.liveKernel, .enabled("the kernel is of the tables' release") { RunningRelease.isTables })
struct FunctionResultTests {
    struct Call: CustomTestStringConvertible, Sendable {
        let name: String
        var type = ProgramType.syscall
        var place: AttachType?
        let expected: String
        let assembly: String
        var testDescription: String { "\(name) in \(type.name)" }

        init(
            _ name: String, in type: ProgramType = .syscall, at place: AttachType? = nil,
            _ expected: String, _ assembly: String
        ) {
            (self.name, self.type, self.place) = (name, type, place)
            (self.expected, self.assembly) = (expected, assembly)
        }

        /// The verifier's log; empty if it has nothing against the program.
        var log: String {
            get throws {
                let types = try #require(KernelFeatures.shared.kernelTypes)
                let code = try Assembler().assemble(try resolved(types))
                let probe = try #require(
                    ProbeProgram(type, at: place, types: { types }, code))
                return probe.refusal(.linux)?.log ?? ""
            }
        }

        /// The assembly with the kernel's numbers for "kfunc NAME" and "type NAME".
        private func resolved(_ types: BTF) throws -> String {
            try assembly.split(separator: "\n").map { line -> String in
                let words = line.split(separator: " ").map(String.init)
                guard let last = words.last, words.count > 1 else { return String(line) }
                switch words[words.count - 2] {
                case "kfunc":
                    let id = try #require(types.first(named: last, kind: .function), "\(last)")
                    return "call kfunc[id:\(id.rawValue)]"
                case "type":
                    let id = try #require(types.first(named: last, kind: .structure), "\(last)")
                    return words.dropLast(2).joined(separator: " ") + " \(id.rawValue)"
                default: return String(line)
                }
            }.joined(separator: "\n")
        }
    }

    /// Where r0 is not null, r6 holds it.
    private static let orLeave = "\nif r0 != 0 goto there\nr0 = 0\nexit\nthere:\nr6 = r0\n"
    private static let group = "r1 = 1\nkfunc bpf_cgroup_from_id" + orLeave
    private static let ungroup = "r1 = r6\nkfunc bpf_cgroup_release"
    private static let task = "r1 = 1\nkfunc bpf_task_from_pid" + orLeave
    private static let mask = "kfunc bpf_cpumask_create" + orLeave
    /// Nobody can read r5 after a call: the log ends with the call's result.
    private static let end = "\nr0 = r5\nexit"
    private static let tuple = """
        r2 = r10
        r2 += -16
        r3 = 12
        r4 = r10
        r4 += -32
        r5 = 16
        *(u64 *)(r10 - 8) = 0
        *(u64 *)(r10 - 16) = 0
        *(u64 *)(r10 - 24) = 0
        *(u64 *)(r10 - 32) = 0

        """

    /// A walk whose verification ends at its first element; `after` gives back what is held.
    private static func iteration(
        _ name: String, _ size: Int, _ arguments: String = "", after: String = ""
    ) -> String {
        """
        r1 = r10
        r1 += -\(size)
        \(arguments)
        kfunc bpf_iter_\(name)_new
        r1 = r10
        r1 += -\(size)
        kfunc bpf_iter_\(name)_next
        if r0 == 0 goto over
        r0 = r5
        over:
        r1 = r10
        r1 += -\(size)
        kfunc bpf_iter_\(name)_destroy
        \(after)
        r0 = 0
        exit
        """
    }

    private static let results: [Call] = [
        Call(
            "bpf_cgroup_acquire", "ptr_or_null_cgroup",
            group + "r1 = r6\nkfunc bpf_cgroup_acquire" + end),
        Call(
            "bpf_cgroup_ancestor", "ptr_or_null_cgroup",
            group + "r1 = r6\nr2 = 0\nkfunc bpf_cgroup_ancestor" + end),
        Call(
            "bpf_task_acquire", "ptr_or_null_task_struct",
            task + "r1 = r6\nkfunc bpf_task_acquire" + end),
        Call(
            "bpf_task_get_cgroup1", "ptr_or_null_cgroup",
            task + "r1 = r6\nr2 = 1\nkfunc bpf_task_get_cgroup1" + end),
        Call(
            "bpf_cpumask_acquire", "ptr_bpf_cpumask",
            mask + "r1 = r6\nkfunc bpf_cpumask_acquire" + end),
        Call("bpf_cpumask_weight", "scalar", mask + "r1 = r6\nkfunc bpf_cpumask_weight" + end),
        Call(
            "bpf_crypto_ctx_acquire", "ptr_or_null_bpf_crypto_ctx",
            "r1 = 0\nr2 = 0\nr3 = 0\nkfunc bpf_crypto_ctx_create" + orLeave
                + "r1 = r6\nkfunc bpf_crypto_ctx_acquire" + end),
        Call(
            "bpf_skb_ct_alloc", in: .schedulerClassifier, "ptr_or_null_nf_conn___init",
            tuple + "kfunc bpf_skb_ct_alloc" + end),
        Call(
            "bpf_skb_ct_lookup", in: .schedulerClassifier, "ptr_or_null_nf_conn",
            tuple + "kfunc bpf_skb_ct_lookup" + end),
        Call(
            "bpf_xdp_ct_alloc", in: .xdp, "ptr_or_null_nf_conn___init",
            tuple + "kfunc bpf_xdp_ct_alloc" + end),
        Call(
            "bpf_ct_insert_entry", in: .xdp, "ptr_or_null_nf_conn",
            tuple + "kfunc bpf_xdp_ct_alloc" + orLeave
                + "r1 = r6\nkfunc bpf_ct_insert_entry" + end),
        Call(
            "bpf_xdp_get_xfrm_state", in: .xdp, "ptr_or_null_xfrm_state",
            "r2 = r10\nr2 += -40\nr3 = 40\nkfunc bpf_xdp_get_xfrm_state" + end),
        Call(
            "bpf_get_kmem_cache", in: .xdp, "untrusted_ptr_kmem_cache",
            "r1 = 0\nkfunc bpf_get_kmem_cache" + end),
        Call(
            "bpf_cast_to_kern_ctx", in: .xdp, "trusted_ptr_xdp_buff",
            "kfunc bpf_cast_to_kern_ctx" + end),
        Call(
            "bpf_cast_to_kern_ctx", in: .schedulerClassifier, "trusted_ptr_sk_buff",
            "kfunc bpf_cast_to_kern_ctx" + end),
        Call(
            "bpf_rdonly_cast", in: .xdp, "rdonly_untrusted_mem",
            "r1 = 0\nr2 = 0\nkfunc bpf_rdonly_cast" + end),
        Call(
            "bpf_rdonly_cast", in: .xdp, "untrusted_ptr_task_struct",
            "r1 = 0\nr2 = type task_struct\nkfunc bpf_rdonly_cast" + end),
        Call(
            "bpf_session_cookie", in: .kprobe, at: .traceKprobeSession, "mem(",
            "kfunc bpf_session_cookie" + end),
        Call(
            "bpf_dynptr_slice", in: .schedulerClassifier, "rdonly_mem_or_null",
            slice("bpf_dynptr_slice")),
        Call(
            "bpf_dynptr_slice_rdwr", in: .schedulerClassifier, "mem_or_null",
            slice("bpf_dynptr_slice_rdwr")),
        Call("bpf_iter_num_next", in: .xdp, "rdonly_mem(", iteration("num", 8, "r2 = 0\nr3 = 3")),
        Call(
            "bpf_iter_bits_next", in: .xdp, "rdonly_mem(", iteration("bits", 16, "r2 = 0\nr3 = 3")),
        Call(
            "bpf_iter_task_next", in: .tracing, at: .traceIterator, "rcu_ptr_task_struct",
            iteration("task", 24, "r2 = 0\nr3 = 0")),
        Call(
            "bpf_iter_css_next", in: .schedulerClassifier, "rcu_ptr_cgroup_subsys_state",
            group + iteration("css", 24, "r2 = r6\nr3 = 0", after: ungroup)),
        Call(
            "bpf_iter_css_task_next", "trusted_ptr_task_struct",
            group + iteration("css_task", 8, "r2 = r6\nr3 = 0", after: ungroup)),
        Call(
            "bpf_iter_task_vma_next", in: .tracing, at: .traceIterator,
            "trusted_ptr_vm_area_struct",
            "call 158\nr6 = r0\n" + iteration("task_vma", 8, "r2 = r6\nr3 = 0")),
        Call("bpf_iter_kmem_cache_next", "trusted_ptr_kmem_cache", iteration("kmem_cache", 8)),
        Call("bpf_iter_dmabuf_next", "trusted_ptr_dma_buf", iteration("dmabuf", 8)),
    ]

    private static func slice(_ name: String) -> String {
        """
        r2 = 0
        r3 = r10
        r3 += -16
        kfunc bpf_dynptr_from_skb
        r1 = r10
        r1 += -16
        r2 = 0
        r3 = r10
        r3 += -32
        r4 = 14
        kfunc \(name)
        """ + end
    }

    @Test(arguments: results)
    func `what comes back`(_ call: Call) throws {
        let log = try call.log
        #expect(log.contains("R0=" + call.expected), "\(log.suffix(600))")
        let row = try #require(KernelFunction(name: call.name))
        // An iterator's end is another state of the verifier, where the result is the number 0.
        guard row.iterator == nil else { return }
        let result = try #require(
            log.split(separator: " ").last { $0.hasPrefix("R0=" + call.expected) })
        #expect(result.contains("_or_null") == row.flags.contains(.mayReturnNull), "\(result)")
        #expect(result.contains("ref_obj_id") == row.flags.contains(.acquires), "\(result)")
    }

    private static let userString = "r1 = 0\nr2 = 0\nr3 = 0\nr4 = 0\nkfunc bpf_copy_from_user_str\n"

    private static let refusals: [Call] = [
        Call(
            "bpf_rcu_read_lock", in: .xdp,
            "nested rcu read lock (kernel function bpf_rcu_read_lock)",
            "kfunc bpf_rcu_read_lock\nkfunc bpf_rcu_read_lock" + end),
        Call(
            "bpf_rcu_read_unlock", in: .xdp,
            "unmatched rcu read unlock (kernel function bpf_rcu_read_unlock)",
            "kfunc bpf_rcu_read_unlock" + end),
        Call(
            "bpf_preempt_enable", in: .xdp,
            "unmatched attempt to enable preemption (kernel function bpf_preempt_enable)",
            "kfunc bpf_preempt_enable" + end),
        Call(
            "bpf_copy_from_user_str",
            "kernel func bpf_copy_from_user_str is sleepable within rcu_read_lock region",
            "kfunc bpf_rcu_read_lock\n" + userString + end),
        Call(
            "bpf_copy_from_user_str",
            "kernel func bpf_copy_from_user_str is sleepable within non-preemptible region",
            "kfunc bpf_preempt_disable\n" + userString + end),
        Call(
            "bpf_iter_task_new",
            "kernel func bpf_iter_task_new requires RCU critical section protection",
            iteration("task", 24, "r2 = 0\nr3 = 0")),
        Call(
            "bpf_iter_css_new",
            "kernel func bpf_iter_css_new requires RCU critical section protection",
            group + iteration("css", 24, "r2 = r6\nr3 = 0", after: ungroup)),
        Call(
            "bpf_iter_css_task_new", in: .schedulerClassifier,
            "css_task_iter is only allowed in bpf_lsm, bpf_iter and sleepable progs",
            group + iteration("css_task", 8, "r2 = r6\nr3 = 0", after: ungroup)),
        Call(
            "bpf_task_release", in: .tracing, at: .traceIterator,
            "release kernel function bpf_task_release expects refcounted PTR_TO_BTF_ID",
            "call 158\nr1 = r0\nkfunc bpf_task_release" + end),
        Call(
            "bpf_rdonly_cast", in: .xdp,
            "kfunc bpf_rdonly_cast type ID argument must be of a struct or void",
            "r1 = 0\nr2 = 1\nkfunc bpf_rdonly_cast" + end),
        Call(
            "__bpf_trap", in: .xdp, "unexpected __bpf_trap() due to uninitialized variable?",
            "kfunc __bpf_trap" + end),
        Call(
            "bpf_xdp_metadata_rx_hash", in: .xdp, "metadata kfuncs require device-bound program",
            "r2 = 0\nr3 = 0\nkfunc bpf_xdp_metadata_rx_hash" + end),
        Call(
            "bpf_session_cookie", in: .kprobe, at: .traceKprobeMulti,
            "calling kernel function bpf_session_cookie is not allowed",
            "kfunc bpf_session_cookie" + end),
    ]

    @Test(arguments: refusals)
    func `what is refused where`(_ call: Call) throws {
        let log = try call.log
        #expect(log.contains(call.expected), "\(log.suffix(600))")
    }
}
