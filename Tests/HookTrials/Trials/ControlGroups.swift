import EBPFHooks

/// What processes of a control group do: with sockets, devices, settings.
extension HookTrial {
    static let controlGroups: [HookTrial] = [
        "cgroup_skb/ingress", "cgroup_skb/egress", "cgroup/sock_create", "cgroup/sock_release",
        "cgroup/post_bind4", "cgroup/post_bind6", "cgroup/bind4", "cgroup/bind6",
        "cgroup/connect4", "cgroup/connect6", "cgroup/connect_unix", "cgroup/sendmsg4",
        "cgroup/sendmsg6", "cgroup/sendmsg_unix", "cgroup/recvmsg4", "cgroup/recvmsg6",
        "cgroup/recvmsg_unix", "cgroup/getpeername4", "cgroup/getpeername6",
        "cgroup/getpeername_unix", "cgroup/getsockname4", "cgroup/getsockname6",
        "cgroup/getsockname_unix", "cgroup/sysctl", "cgroup/getsockopt", "cgroup/setsockopt",
        "cgroup/dev", "sockops",
        "lsm_cgroup/socket_bind",
    ].map { section in
        HookTrial(hook: section) { helper in
            let proof = try Proof()
            let group = try TrialGroup()
            let program = try proof.counter.program(section, returning: "w0 = 1")
            return try proof(
                attach: { try program.attach(toControlGroup: group.path) },
                trigger: { try group.act(helper: helper) })
        }
    }
}
