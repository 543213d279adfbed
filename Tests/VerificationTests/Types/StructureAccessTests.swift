import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// What loads from the kernel's structures give, compared with what its own verifier says.
@Suite(.liveKernel) struct StructureAccessTests {
    /// Where a program gets a pointer to a structure from: an argument of a tracepoint.
    struct Source: Sendable, CustomTestStringConvertible {
        let tracepoint: String
        let argument: Int
        let structure: String
        var testDescription: String { structure }
    }

    static let sources: [Source] = [
        Source(tracepoint: "sched_switch", argument: 1, structure: "task_struct"),
        Source(tracepoint: "tcp_probe", argument: 0, structure: "sock"),
        Source(tracepoint: "tcp_probe", argument: 1, structure: "sk_buff"),
        Source(tracepoint: "sched_process_exec", argument: 2, structure: "linux_binprm"),
        Source(tracepoint: "net_dev_xmit", argument: 2, structure: "net_device"),
        Source(tracepoint: "cgroup_mkdir", argument: 0, structure: "cgroup"),
        Source(tracepoint: "workqueue_queue_work", argument: 1, structure: "pool_workqueue"),
        Source(tracepoint: "fib6_table_lookup", argument: 0, structure: "net"),
        Source(tracepoint: "tcp_retransmit_synack", argument: 1, structure: "request_sock"),
        Source(tracepoint: "mm_vmscan_write_folio", argument: 0, structure: "folio"),
    ]

    /// A load that can be tried: offset and size.
    private struct Load: Hashable {
        let offset: Int
        let size: Int
        var assembly: String { "r2 = *(u\(8 * size) *)(r6 + \(offset))" }
    }

    private func question(
        _ source: Source, _ loads: [String], _ types: BTF
    ) throws -> KernelOracle.Question {
        KernelOracle.Question(
            target: try #require(
                types.first(named: "btf_trace_" + source.tracepoint, kind: .alias)),
            assembly: "r6 = *(u64 *)(r1 + \(8 * source.argument))\n"
                + loads.joined(separator: "\n") + "\nr0 = 0\nexit")
    }

    @Test(arguments: sources)
    func `loads give what the kernel says they give`(_ source: Source) throws {
        let types = try KernelOracle.types()
        let structure = try #require(types.first(named: source.structure, kind: .structure))
        var access = StructureAccess(types)
        let size = try types.size(of: structure)
        var accepted: [(load: Load, words: String)] = []
        var refused: [(load: Load, fault: TypeFault)] = []
        for width in [1, 2, 4, 8] {
            // Of large structures a sample: the step is odd, so that all alignments come.
            let step = width * (max(size / 250, 1) | 1)
            for offset in stride(from: 0, through: size + 8, by: step) {
                let load = Load(offset: offset, size: width)
                do throws(TypeFault) {
                    let value = try access.load(
                        from: structure, through: .trusted, at: offset, size: width,
                        inReadSection: true)
                    accepted.append((load, KernelOracle.words(value, types)))
                } catch {
                    refused.append((load, error))
                }
            }
        }
        let all = try KernelOracle.states(
            question(source, accepted.map(\.load.assembly), types), logSize: 1 << 22)
        for (index, entry) in accepted.enumerated() {
            let words = all[index + 1].map { $0.prefix { $0 != "(" } } ?? "nothing"
            #expect(words == entry.words, "\(source.structure): \(entry.load)")
        }
        // Refusals one by one: an even sample of them.
        let step = max(refused.count / 20, 1)
        for index in stride(from: 0, to: refused.count, by: step) {
            let entry = refused[index]
            let question = try question(source, [entry.load.assembly], types)
            let place: Comment = "\(source.structure): \(entry.load)"
            let refusal = #expect(throws: KernelOracle.Refusal.self, place) {
                _ = try KernelOracle.load(question)
            }
            guard let rejection = refusal?.rejection else { continue }
            #expect(entry.fault.code == rejection.code, "\(rejection.message)")
        }
    }
}
