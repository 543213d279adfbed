import EBPF
import EBPFTestSupport
import Testing

/// Kinds of programs at the hooks that only a kernel has, and what user space says instead.
@Suite struct HookAttachTests {
    private static let source = """
        struct { __uint(type, BPF_MAP_TYPE_SOCKMAP); __uint(max_entries, 1);
                 __type(key, __u32); __type(value, __u32); } sockets SEC(".maps");
        __u64 runs;
        SEC("netfilter") int filter(void *context) { runs++; return 0; }
        SEC("lwt_out") int route(struct __sk_buff *packet) { runs++; return 0; }
        SEC("perf_event") int sample(void *context) {
            __sync_fetch_and_add(&runs, 1);
            return 0;
        }
        SEC("sk_msg") int message(struct sk_msg_md *message) { return 1; }
        SEC("socket") int keep(struct __sk_buff *packet) { runs++; return 0; }
        SEC("sk_lookup") int choose(struct bpf_sk_lookup *context) { runs++; return 1; }
        SEC("cgroup_skb/egress") int leave(struct __sk_buff *packet) { runs++; return 1; }

        """

    private static func runs(_ object: LoadedObject) throws -> UInt64 {
        try object.variable("runs", as: UInt64.self).value
    }

    @Test(.liveKernel) func `packets pass netfilter, a look-up and a route until the links end`()
        async throws
    {
        let object = try await TestHost.kernel.load(Self.source)
        let results = try withNetworkNamespace {
            let cable = try TestNetwork.makeCable()
            try TestNetwork.add(address: [10, 9, 0, 1], to: cable.left.index)
            let socket = try TestSocket()
            let filter = try object.program("filter", as: NetfilterProgram.self)
            let dropping = try filter.attach(at: NetfilterPlace(.ipv4, .localIn, priority: -5))
            try socket.send([1])
            var results = [try Self.runs(object), UInt64(socket.receive()?.count ?? 0)]
            try dropping.detach()
            let choosing = try object.program("choose", as: SocketLookupProgram.self).attach()
            try socket.send([2])
            results += [try Self.runs(object), UInt64(socket.receive()?.count ?? 0)]
            try choosing.detach()
            let route = try #require(TunnelRoute("10.9.9.0/24", interface: "left"))
            let routing = try object.program("route", as: LightweightTunnelProgram.self)
                .attach(to: route)
            try? socket.send([3], to: [10, 9, 9, 9], port: 9)
            results.append(try Self.runs(object))
            try routing.detach()
            try socket.send([4])
            return results + [try Self.runs(object)]
        }
        #expect(results == [1, 0, 2, 1, 3, 3])
    }

    @Test(.liveKernel) func `a clock of this thread runs a program`() async throws {
        let object = try await TestHost.kernel.load(Self.source)
        let sample = try object.program("sample", as: PerfEventProgram.self)
        let link = try sample.attach(
            to: .software(.taskClock), over: .thread(0), rate: .every(100_000))
        // The clock is this thread's: no waiting for others in between.
        let deadline = ContinuousClock.now + .seconds(10)
        while try Self.runs(object) == 0, ContinuousClock.now < deadline {}
        #expect(try Self.runs(object) > 0)
        try link.detach()
    }

    @Test(.liveKernel) func `a program belongs to a map of sockets`() async throws {
        let object = try await TestHost.kernel.load(Self.source)
        let sockets = try object.map("sockets", as: SocketMap.self)
        let message = try object.program("message", as: SocketMessageProgram.self)
        let map = try #require(sockets.map.kernelMap)
        for method in [AttachMethod.automatic, .legacy] {
            let link = try message.attach(toSocketsOf: sockets, method: method)
            let programs = try map.socketPrograms(at: .socketMessageVerdict)?.entries
            #expect(programs?.map(\.program) == [message.program.id ?? 0])
            try link.detach()
            #expect(try map.socketPrograms(at: .socketMessageVerdict)?.entries == [])
        }
    }

    @Test(.liveKernel, .enabled("cgroup v2 is mounted") { ChildGroup.root != nil })
    func `what a group's processes send passes its program`() async throws {
        let object = try await TestHost.kernel.load(Self.source)
        let leave = try object.program("leave", as: CgroupSKBProgram.self)
        let group = try ChildGroup("library")
        let link = try leave.attach(toControlGroup: group.path)
        try group.run("echo x > /dev/udp/127.0.0.1/9")
        #expect(try Self.runs(object) > 0)
        try link.detach()
        let after = try Self.runs(object)
        try group.run("echo x > /dev/udp/127.0.0.1/9")
        #expect(try Self.runs(object) == after)
    }

    @Test func `events of a group in user space run its programs`() async throws {
        let machine = UserSpaceHost()
        let object = try Host.userSpace(machine).load(
            try await TestHost.specs(
                """
                __u64 runs;
                SEC("cgroup/sysctl") int setting(struct bpf_sysctl *context) {
                    runs++;
                    return 1;
                }

                """))
        let setting = try object.program("setting", as: CgroupSysctlProgram.self)
        let link = try setting.attach(toControlGroup: "web")
        let hook = MachineHook(.controlGroup, "web cgroup_sysctl")
        #expect(machine.attachedHooks == [hook])
        try machine.trigger(hook, context: [UInt8](repeating: 0, count: 64))
        #expect(try Self.runs(object) == 1)
        try link.detach()
        #expect(machine.attachedHooks.isEmpty)
    }

    @Test func `what user space has no hook for says so`() async throws {
        let object = try await TestHost.userSpace.load(
            """
            SEC("socket") int keep(struct __sk_buff *packet) { return 0; }
            SEC("perf_event") int sample(void *context) { return 0; }

            """)
        let messages: [(String, () throws -> Void)] = [
            (
                "a socket",
                { _ = try object.program("keep", as: SocketFilterProgram.self).attach(toSocket: 0) }
            ),
            (
                "perf event cpu-clock",
                {
                    _ = try object.program("sample", as: PerfEventProgram.self)
                        .attach(to: .software(.cpuClock))
                }
            ),
        ]
        for (place, body) in messages {
            let error = #expect(throws: KernelError.self) { try body() }
            #expect(error?.description.contains(place) == true)
            #expect(error?.description.contains("user space") == true)
        }
    }

    @Test(.liveKernel) func `an iterator's text comes as lines`() async throws {
        let specs = try await TestHost.specs(
            """
            struct seq_file; struct bpf_iter_meta { struct seq_file *seq; };
            struct bpf_map { __u32 id; } __attribute__((preserve_access_index));
            struct bpf_iter__bpf_map { struct bpf_iter_meta *meta; struct bpf_map *map; }
                __attribute__((preserve_access_index));
            SEC("iter/bpf_map") int maps(struct bpf_iter__bpf_map *context) {
                static const char format[] = "map %u\\n";
                struct bpf_map *map = context->map;
                if (!map) return 0;
                __u64 id = map->id;
                bpf_seq_printf(context->meta->seq, format, sizeof(format), &id, sizeof(id));
                return 0;
            }

            """)
        let object = try Host.kernel.load(specs)
        let map = try LiveKernel.map(.hash, key: 4, value: 4, entries: 8)
        let maps = try object.program("maps", as: IteratorProgram.self)
        #expect(try maps.lines().contains("map \(map.shape.id)"))
        let text = String(decoding: try maps.contents(), as: UTF8.self)
        #expect(text.contains("map \(map.shape.id)\n"))
    }
}
