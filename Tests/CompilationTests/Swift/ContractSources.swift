/// The programs that must compile as they are written.
enum ContractSources {
    static let firewall = """

        let blockedPorts = HashMap<UInt16, UInt64>(maxEntries: 1024)
        let blockedNetworks = LPMTrie<IPv4Address, UInt64>(maxEntries: 1024)
        let types = HashMap<UInt16, UInt64>(maxEntries: 64)
        let passed = PerCPUArray<UInt64>(maxEntries: 1)
        let limit = Config<UInt32>(100)

        struct Ports { var source: BigEndian<UInt16>; var destination: BigEndian<UInt16> }

        @section("xdp") @used
        func firewall(_ packet: XDPContext) -> XDPAction {
            guard let ethernet = packet.header(Ethernet.self, at: 0) else { return .pass }
            types[ethernet.value.type.value, default: 0] += 1
            guard ethernet.value.type == .ipv4, let ip = packet.header(IPv4.self, at: 14) else { return .pass }
            if let hits = blockedNetworks.longestMatch(ip.value.source) { hits.atomicAdd(1); return .drop }
            guard ip.value.protocol == .tcp || ip.value.protocol == .udp,
                  let ports = packet.header(Ports.self, at: 14 + ip.value.headerLength) else { return .pass }
            if let hits = blockedPorts.lookup(ports.value.destination.value) { hits.atomicAdd(1); return .drop }
            passed.lookup(0)?.pointee += 1
            return .pass
        }

        """

    static let execution = """

        struct ExecEvent { var pid: UInt32; var parent: UInt32; var command: FixedString<16>; var file: FixedString<128> }
        struct SysEnterExecve { var common: UInt64; var number: Int64; var filename: UInt; var arguments: UInt; var environment: UInt }

        let onlyChildrenOf = Config<UInt32>(0)
        let events = RingBuffer<ExecEvent>(byteCount: 256 * 1024)
        let dropped = Global<UInt64>(0)

        @section("tracepoint/syscalls/sys_enter_execve") @used
        func onExecve(_ context: TracepointContext<SysEnterExecve>) -> Int32 {
            let parent = KernelPointer<Task>.current.field("task_struct.real_parent", as: KernelPointer<Task>.self).field("task_struct.tgid", as: UInt32.self)
            guard onlyChildrenOf.value == 0 || onlyChildrenOf.value == parent else { return 0 }
            guard let record = events.reserve() else { dropped.value += 1; return 0 }
            record.event.pid = Process.id
            record.event.parent = parent
            record.event.command.readCurrentCommand()
            record.event.file.readUserString(at: context.fields.filename)
            record.submit()                     // consuming: once, checked by the compiler
            return 0
        }

        """
}
