import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// Which members of the kernel's structures can be written, compared with what its verifier says.
@Suite(.liveKernel) struct WritableMembersTests {
    private func check(
        _ structure: TypeID, _ writes: WritableMembers, _ types: BTF,
        before: String, after: String = "", _ question: KernelOracle.Question
    ) throws {
        var accepted: [String] = []
        var refused: [String] = []
        let size = try types.size(of: structure)
        var access = StructureAccess(types)
        for width in [1, 2, 4, 8] {
            for offset in stride(from: 0, to: size, by: width) {
                let line = "*(u\(8 * width) *)(r6 + \(offset)) = 0\n"
                do throws(TypeFault) {
                    try access.store(
                        to: structure, through: .trusted, at: offset, size: width, allowed: writes)
                    accepted.append(line)
                } catch {
                    #expect(error.code == .readOnly)
                    refused.append(line)
                }
            }
        }
        #expect(!accepted.isEmpty)
        var question = question
        let end = after + "\nend:\nr0 = 0\nexit"
        question.assembly = before + accepted.joined() + end
        try KernelOracle.load(question, logSize: 1 << 20)
        for line in refused.enumerated().filter({ $0.offset % max(refused.count / 200, 1) == 0 }) {
            question.assembly = before + line.element + end
            #expect(throws: KernelOracle.Refusal.self, "\(line.element)") {
                try KernelOracle.load(question)
            }
        }
    }

    @Test(arguments: [
        ("tcp_congestion_ops", "cong_avoid", "tcp_sock"),
        ("bpf_dummy_ops", "test_2", "bpf_dummy_ops_state"),
    ])
    func `members of structs write what the kernel lets them write`(
        _ operations: String, _ member: String, _ name: String
    ) throws {
        let types = try KernelOracle.types()
        let structure = try #require(types.first(named: name, kind: .structure))
        let target = try HookTarget.operation(member, of: operations, in: types)
        guard case .operation(_, let index) = target.kind else { return }
        let writes = WritableMembers(.structOperations, operations: operations, types: types)
        let question = KernelOracle.Question(
            type: .structOperations, place: UInt32(index), target: target.type, assembly: "")
        try check(structure, writes, types, before: "r6 = *(u64 *)(r1 + 0)\n", question)
    }

    @Test func `packet programs can mark connections`() throws {
        let types = try KernelOracle.types()
        let structure = try #require(types.first(named: "nf_conn", kind: .structure))
        let find = try #require(types.first(named: "bpf_xdp_ct_lookup", kind: .function))
        let release = try #require(types.first(named: "bpf_ct_release", kind: .function))
        let writes = WritableMembers(.xdp, types: types)
        let question = KernelOracle.Question(type: .xdp, place: 0, target: .void, assembly: "")
        let before = """
            r2 = r10
            r2 += -16
            *(u64 *)(r10 - 16) = 0
            *(u64 *)(r10 - 8) = 0
            r3 = 12
            r4 = r10
            r4 += -32
            *(u64 *)(r10 - 32) = 0
            *(u64 *)(r10 - 24) = 0
            r5 = 12
            call kfunc[id:\(find.rawValue)]
            if r0 == 0 goto end
            r6 = r0

            """
        let after = "r1 = r6\ncall kfunc[id:\(release.rawValue)]\n"
        try check(structure, writes, types, before: before, after: after, question)
    }

    @Test func `other structures of the kernel are read-only`() throws {
        let types = try KernelOracle.types()
        let task = try #require(types.first(named: "task_struct", kind: .structure))
        var access = StructureAccess(types)
        let fault = #expect(throws: TypeFault.self) {
            try access.store(to: task, through: .trusted, at: 0, size: 8, allowed: .none)
        }
        #expect(fault?.code == .readOnly)
        #expect(fault?.message == "programs at this hook may only read struct task_struct")
    }
}
