import EBPFObjectFile

extension Advice.Held {
    private var reason: String {
        let origin = line.flatMap { $0.line > 0 ? " on line \($0.line)" : nil } ?? ""
        let subject = name.map { "`\($0)`, which" } ?? "what"
        return "\(subject) \(maker)() gave\(origin), is still held on this way"
    }

    /// What people do in C: the functions that take it back.
    var cText: String {
        let calls = takers.map { "\($0)()" }.joined(separator: " or ")
        return "\(reason): \(calls.isEmpty ? "release it" : "call \(calls)") before it ends"
    }

    /// The same with the names that Swift has for them.
    var swiftText: String {
        let calls = takers.map { taker -> String in
            let words = taker.split(separator: "_").dropFirst()
            let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
            return "Helpers." + (words.first ?? "") + rest.joined() + "(…)"
        }
        let call = calls.isEmpty ? "release it" : "call \(calls.joined(separator: " or "))"
        return "\(reason): \(call) before it ends"
    }

    private var takers: [String] {
        if let known = Self.takers[maker] { return known }
        if maker.hasSuffix("_acquire") { return [maker.dropLast(7) + "release"] }
        if maker.hasPrefix("bpf_iter_"), maker.hasSuffix("_new") {
            return [maker.dropLast(3) + "destroy"]
        }
        return []
    }

    private static let takers: [String: [String]] = [
        "bpf_ringbuf_reserve": ["bpf_ringbuf_submit", "bpf_ringbuf_discard"],
        "bpf_ringbuf_reserve_dynptr": [
            "bpf_ringbuf_submit_dynptr", "bpf_ringbuf_discard_dynptr",
        ],
        "bpf_sk_lookup_tcp": ["bpf_sk_release"], "bpf_sk_lookup_udp": ["bpf_sk_release"],
        "bpf_skc_lookup_tcp": ["bpf_sk_release"], "bpf_obj_new_impl": ["bpf_obj_drop"],
        "bpf_cpumask_create": ["bpf_cpumask_release"], "bpf_task_from_pid": ["bpf_task_release"],
        "bpf_task_from_vpid": ["bpf_task_release"], "bpf_cgroup_from_id": ["bpf_cgroup_release"],
        "bpf_cgroup_ancestor": ["bpf_cgroup_release"],
    ]
}
