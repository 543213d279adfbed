import EBPFBytecode
import EBPFKernel
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// Which pointers functions take for others, compared with what the kernel's verifier says.
@Suite(.liveKernel) struct TypeMatchTests {
    /// Every place of a structure is offered to a function that wants a control group.
    @Test func `a member counts as what it is, where it lies`() throws {
        let types = try KernelOracle.types()
        var access = StructureAccess(types)
        let root = try #require(types.first(named: "cgroup_root", kind: .structure))
        let wanted = try #require(types.first(named: "cgroup", kind: .structure))
        let function = try #require(types.first(named: "bpf_task_under_cgroup", kind: .function))
        let target = try #require(types.first(named: "btf_trace_cgroup_setup_root", kind: .alias))
        var matching: [Int] = []
        for offset in stride(from: 0, to: 512, by: 8) {
            let question = KernelOracle.Question(
                target: target,
                assembly: """
                    r6 = *(u64 *)(r1 + 0)
                    call 158
                    r1 = r0
                    r2 = r6
                    r2 += \(offset)
                    call kfunc[id:\(function.rawValue)]
                    r0 = 0
                    exit
                    """)
            let isTaken = (try? KernelOracle.load(question)) != nil
            let isMatch = access.matches(root, at: offset, wanted)
            #expect(isMatch == isTaken, "byte \(offset)")
            if isTaken { matching.append(offset) }
        }
        let place = try #require(types.bytes(of: "cgrp", in: root))
        #expect(matching == [place.lowerBound])
    }

    @Test func `first members match unless the very type is asked for`() throws {
        let types = try KernelOracle.types()
        var access = StructureAccess(types)
        func id(_ name: String) throws -> TypeID {
            try #require(types.first(named: name, kind: .structure))
        }
        let (tcp, sock, common) = (try id("tcp_sock"), try id("sock"), try id("sock_common"))
        let cases: [(type: TypeID, offset: Int, wanted: TypeID, exactly: Bool, answer: Bool)] = [
            (tcp, 0, common, false, true), (tcp, 0, sock, false, true),
            (tcp, 0, common, true, false), (tcp, 0, tcp, true, true),
            (sock, 0, tcp, false, false), (tcp, 8, sock, false, false),
        ]
        for entry in cases {
            let found = access.matches(
                entry.type, at: entry.offset, entry.wanted, exactly: entry.exactly)
            #expect(found == entry.answer, "\(entry)")
        }
        let (complete, fresh) = (try id("nf_conn"), try id("nf_conn___init"))
        #expect(access.areUncastableTwins(complete, fresh))
        #expect(access.areUncastableTwins(fresh, complete))
        #expect(!access.areUncastableTwins(tcp, sock))
    }
}
