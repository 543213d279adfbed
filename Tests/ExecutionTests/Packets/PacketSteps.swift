/// Random calls of helpers about socket buffers, for ``PacketTrial``.
struct PacketSteps {
    var choices: PacketChoices

    init(_ seed: Int) { choices = PacketChoices(UInt64(seed)) }

    /// Offsets where something changes in packets of about a hundred bytes.
    private static let offsets = [
        0, 12, 14, 24, 34, 50, 54, 80, 94, 0xffff, 0x10000, Int(Int32.max), -1,
    ]

    mutating func loadBytes() -> String {
        load("r2 = \(offset())\nr3 = r10\nr3 += -16\nr4 = \(1 + choices.below(16))\n", "bytes")
    }

    mutating func loadBytesRelative() -> String {
        load(
            "r2 = \(offset())\nr3 = r10\nr3 += -16\nr4 = \(1 + choices.below(16))\n"
                + "r5 = \(choices.pick([0, 1, 1, 0, 2]))\n",
            "bytes_relative"
        )
    }

    private func load(_ arguments: String, _ name: String) -> String {
        """
        *(u64 *)(r10 - 16) = -1
        *(u64 *)(r10 - 8) = -1
        r1 = r6
        \(arguments)call bpf_skb_load_\(name)
        r1 = *(u64 *)(r10 - 16)
        r2 = *(u64 *)(r10 - 8)
        r0 += r1
        r1 >>= 32
        r0 += r1
        r2 *= 7
        r0 += r2
        r2 >>= 32
        r0 += r2
        """
    }

    mutating func storeBytes() -> String {
        """
        *(u64 *)(r10 - 8) = \(Int32(truncatingIfNeeded: choices.next()))
        r1 = r6
        r2 = \(offset())
        r3 = r10
        r3 += -8
        r4 = \(1 + choices.below(8))
        r5 = \(choices.pick([0, 1, 2, 3, 4, 0]))
        call bpf_skb_store_bytes
        """
    }

    mutating func pullData() -> String {
        "r1 = r6\nr2 = \(offset())\ncall bpf_skb_pull_data"
    }

    mutating func replaceNetworkChecksum() -> String {
        replace("l3", flags: [0, 2, 2, 4, 4, 1, 3, 16])
    }

    mutating func replaceTransportChecksum() -> String {
        replace("l4", flags: [0, 2, 4, 0x10, 0x12, 0x14, 0x22, 0x24, 0x34, 0x62, 0x94, 3, 0x100])
    }

    private mutating func replace(_ layer: String, flags: [Int]) -> String {
        """
        r1 = r6
        r2 = \(choices.number([24, 50, 52, 92, 93, 94, 0xffff, 0x10000, -1], below: 100))
        r3 = \(word())
        r4 = \(word())
        r5 = \(choices.pick(flags))
        call bpf_\(layer)_csum_replace
        """
    }

    mutating func difference() -> String {
        let from = choices.pick([0, 4, 8, 16, 3])
        let to = choices.pick([0, 4, 8, 16, 2])
        return """
            *(u64 *)(r10 - 32) = \(word())
            *(u64 *)(r10 - 24) = \(word())
            *(u64 *)(r10 - 16) = \(word())
            *(u64 *)(r10 - 8) = \(word())
            \(from == 0 ? "r1 = 0" : "r1 = r10\nr1 += -32")
            r2 = \(from)
            \(to == 0 ? "r3 = 0" : "r3 = r10\nr3 += -16")
            r4 = \(to)
            r5 = \(word())
            call bpf_csum_diff
            """
    }

    mutating func checksumState() -> String {
        choices.below(4) == 0
            ? "r1 = r6\nr2 = \(word())\ncall bpf_csum_update"
            : "r1 = r6\nr2 = \(choices.below(5))\ncall bpf_csum_level"
    }

    mutating func changeProtocol() -> String {
        let type = choices.pick([0x0008, 0xdd86, 0xdd86, 0x0608])
        return "r1 = r6\nr2 = \(type)\nr3 = \(rarely(1))\ncall bpf_skb_change_proto"
    }

    mutating func changeType() -> String {
        "r1 = r6\nr2 = \(choices.below(6) - 1)\ncall bpf_skb_change_type"
    }

    mutating func changeTail() -> String {
        let count = choices.number([0, 13, 14, 60, 94, 200, 16064, 16065], below: 300)
        return "r1 = r6\nr2 = \(count)\nr3 = \(rarely(1))\ncall bpf_skb_change_tail"
    }

    /// Tails that leave the network header whole.
    mutating func changeTailALittle() -> String {
        "r1 = r6\nr2 = \(60 + choices.below(300))\nr3 = 0\ncall bpf_skb_change_tail"
    }

    mutating func changeHead() -> String {
        let room = choices.number([0, 14, 20, 40, 15970, 16100], below: 60)
        return "r1 = r6\nr2 = \(room)\nr3 = \(rarely(1))\ncall bpf_skb_change_head"
    }

    mutating func adjustRoomByAnything() -> String {
        adjustRoom([0, 20, 40, 100, -20, -40, -60, 0xfff, -0xfff, Int(Int32.min)])
    }

    mutating func adjustRoom(_ differences: [Int] = [0, 20, 40, -20, -40, -60]) -> String {
        let difference = choices.number(differences, below: 60)
        let flags = choices.pick([
            0, 0, 1, 2, 4, 6, 8, 10, 16, 18, 20, 24, 26, 32, 0x42, 0x80, 0x100, 0x180, 0x200, 0x182,
        ])
        let inner = choices.pick([0, 0, 0, 14, 10, 60])
        return """
            r1 = r6
            r2 = \(difference)
            r3 = \(choices.pick([0, 1, 1, 0, 2]))
            r4 = \(inner)
            r4 <<= 56
            r4 |= \(flags)
            call bpf_skb_adjust_room
            """
    }

    mutating func tag() -> String {
        guard choices.below(2) == 0 else { return "r1 = r6\ncall bpf_skb_vlan_pop" }
        let type = choices.pick([0x0081, 0xa888, 0x1234])
        return "r1 = r6\nr2 = \(type)\nr3 = \(choices.below(1 << 16))\ncall bpf_skb_vlan_push"
    }

    mutating func hash() -> String {
        choices.pick([
            "r1 = r6\ncall bpf_set_hash_invalid\nr0 = 0",
            "r1 = r6\nr2 = \(word())\ncall bpf_set_hash",
            "r1 = r6\nr2 = 99\ncall bpf_set_hash\nr1 = r6\ncall bpf_get_hash_recalc",
        ])
    }

    mutating func timestamp() -> String {
        let time = choices.pick([0, 1, 123_456_789])
        return "r1 = r6\nr2 = \(time)\nr3 = \(choices.below(5) - 1)\ncall bpf_skb_set_tstamp"
    }

    mutating func congestion() -> String { "r1 = r6\ncall bpf_skb_ecn_set_ce" }

    mutating func maximumTransmissionUnit() -> String {
        let given = choices.pick([0, 0, 100, 65536, 65537, 70000, -1])
        let difference = choices.number([0, 65442, 65456, 65457, -94, -200], below: 70000)
        return """
            *(u32 *)(r10 - 4) = \(given)
            r1 = r6
            r2 = \(choices.pick([0, 1, 1, -1]))
            r3 = r10
            r3 += -4
            r4 = \(choices.pick([0, 0, difference]))
            r5 = \(choices.pick([0, 0, 1, 2]))
            call bpf_check_mtu
            r1 = *(u32 *)(r10 - 4)
            r0 += r1
            """
    }

    mutating func redirect() -> String {
        let interface = choices.pick([0, 1, 7, -1])
        return choices.pick([
            "r1 = \(interface)\nr2 = \(choices.below(4))\ncall bpf_redirect",
            "r1 = \(interface)\nr2 = \(rarely(1))\ncall bpf_redirect_peer",
            "r1 = \(interface)\nr2 = 0\nr3 = 0\nr4 = \(rarely(1))\ncall bpf_redirect_neigh",
            "r1 = r6\nr2 = 0\nr3 = \(choices.below(3))\ncall bpf_clone_redirect",
            "r1 = r6\nr2 = 1\nr3 = 2\ncall bpf_clone_redirect",
        ])
    }

    mutating func routeErrors() -> String {
        let size = choices.pick([4, 63, 64])
        let flags = choices.pick([0, 64, 128])
        return """
            \((1...8).map { "*(u64 *)(r10 - \($0 * 8)) = 0" }.joined(separator: "\n"))
            *(u8 *)(r10 - 64) = \(choices.pick([1, 3, 255]))
            r1 = r6
            r2 = r10
            r2 += -64
            r3 = \(size)
            r4 = \(flags)
            call bpf_fib_lookup
            """
    }

    mutating func tunnel() -> String {
        let call = choices.pick(["bpf_skb_get_tunnel_key", "bpf_skb_get_tunnel_opt"])
        let flags = call.hasSuffix("key") ? "r4 = \(choices.pick([0, 1, 32]))\n" : ""
        return """
            *(u64 *)(r10 - 32) = -1
            *(u64 *)(r10 - 24) = -1
            *(u64 *)(r10 - 16) = -1
            *(u64 *)(r10 - 8) = -1
            r1 = r6
            r2 = r10
            r2 += -32
            r3 = \(choices.pick([4, 8, 28]))
            \(flags)call \(call)
            r1 = *(u64 *)(r10 - 32)
            r0 += r1
            """
    }

    mutating func owner() -> String {
        choices.pick([
            "r1 = r6\ncall bpf_get_cgroup_classid", "r1 = r6\ncall bpf_get_route_realm",
            "r1 = r6\ncall bpf_skb_cgroup_classid",
        ])
    }

    /// A load of a field that all programs of traffic control may read.
    mutating func field() -> String {
        let offset = choices.pick([
            0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 44, 48, 52, 56, 60, 64, 68, 72, 160, 164, 176,
        ])
        if choices.below(10) == 0 { return "r0 = *(u64 *)(r6 + 152)" }
        if choices.below(10) == 0 { return "r0 = *(u8 *)(r6 + 180)" }
        return "r0 = *(u32 *)(r6 + \(offset))"
    }

    /// A store into a field that programs of traffic control may write.
    mutating func store() -> String {
        let offset = choices.pick([8, 12, 32, 44, 48, 52, 56, 60, 64, 72])
        var value = choices.number([0, 0xfffe, 0xffff, 0x10000, -1], below: 1 << 30)
        // The kernel takes negative constants for queues, but not negative registers.
        if offset == 12 { value = abs(value) }
        if choices.below(8) == 0 { return "*(u64 *)(r6 + 152) = \(value)\nr0 = 0" }
        if choices.below(8) == 0 { return "*(u16 *)(r6 + 50) = \(value & 0x7fff)\nr0 = 0" }
        return "*(u32 *)(r6 + \(offset)) = \(value)\nr0 = *(u32 *)(r6 + \(offset))"
    }

    /// What a program sees through `data` and `data_end`.
    mutating func directAccess() -> String {
        let offset = choices.pick([0, 12, 14, 16, 20, 34, 60])
        let label = "short\(choices.next())"
        return """
            r0 = 0
            r2 = *(u32 *)(r6 + 76)
            r3 = *(u32 *)(r6 + 80)
            r4 = r2
            r4 += \(offset + 4)
            if r4 > r3 goto \(label)
            r0 = *(u32 *)(r2 + \(offset))
            r1 = r3
            r1 -= r2
            r0 += r1
            \(label):
            """
    }

    private mutating func offset() -> Int { choices.number(Self.offsets, below: 100) }

    private mutating func rarely(_ value: Int) -> Int { choices.below(8) == 0 ? value : 0 }

    private mutating func word() -> Int {
        choices.pick([0, 0, -1, 1, 0xffff, Int(Int32(truncatingIfNeeded: choices.next()))])
    }
}
