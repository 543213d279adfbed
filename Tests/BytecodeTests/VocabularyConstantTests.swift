import EBPFBytecode
import Testing

@Suite struct VocabularyConstantTests {
    @Test func `every constant has one name, and is found by it`() {
        let constants = ConstantGroup.all.flatMap(\.constants)
        #expect(constants.count > 750)
        #expect(Set(constants.map(\.name)).count == constants.count)
        for constant in constants {
            #expect(ConstantGroup.value(of: constant.name) == constant.value)
        }
        #expect(ConstantGroup.value(of: "BPF_NO_SUCH_THING") == nil)
    }

    @Test(arguments: [
        ("XDP_PASS", 2), ("TC_ACT_SHOT", 2), ("BPF_ANY", 0), ("BPF_F_LOCK", 4),
        ("BPF_FUNC_map_lookup_elem", 1), ("BPF_FUNC_cgrp_storage_delete", 211),
        ("BPF_MAP_TYPE_ARENA", 33), ("BPF_MAP_TYPE_CGROUP_STORAGE_DEPRECATED", 19),
        ("BPF_PROG_TYPE_NETFILTER", 32), ("BPF_TRACE_UPROBE_SESSION", 57),
        ("BPF_F_CURRENT_CPU", 0xffff_ffff), ("BPF_F_CURRENT_NETNS", -1), ("BPF_OK", 0),
        ("BPF_F_ADJ_ROOM_FIXED_GSO", 1), ("BPF_HDR_START_NET", 1), ("BPF_ADJ_ROOM_MAC", 1),
        ("BPF_F_CTXLEN_MASK", 0xfffff << 32), ("BPF_CORE_TYPE_MATCHES", 12), ("BPF_ALU64", 7),
    ])
    func `well-known constants have their values`(name: String, value: Int64) {
        #expect(ConstantGroup.value(of: name) == value)
    }

    @Test func `a value has a name within its group`() {
        #expect(ConstantGroup.xdpActions.name(of: 4) == "XDP_REDIRECT")
        #expect(ConstantGroup.xdpActions.name(of: 5) == nil)
        #expect(ConstantGroup.xdpActions.tag == "xdp_action")
    }

    @Test func `the flags of maps are the ones that constants say`() {
        #expect(ConstantGroup.value(of: "BPF_F_RDONLY_PROG") == Int64(MapFlags.readOnlyForPrograms.rawValue))
        #expect(ConstantGroup.value(of: "BPF_F_NO_USER_CONV") == Int64(MapFlags.noUserConversion.rawValue))
    }
}
