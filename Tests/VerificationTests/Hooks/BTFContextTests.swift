import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// What arguments of hooks are, compared with what the kernel's verifier says.
@Suite(.liveKernel) struct BTFContextTests {
    private func check(_ type: ProgramType, _ place: AttachType, _ name: String) throws {
        let types = try KernelOracle.types()
        let target = try #require(try HookTarget.find(type, place, name, in: types))
        try check(type, place, target, types, index: place.rawValue)
    }

    private func check(
        _ type: ProgramType, _ place: AttachType?, _ target: HookTarget, _ types: BTF, index: UInt32
    ) throws {
        let name = target.name
        let context = BTFContext(type, place, target, in: types)
        var accepted: [(offset: Int, words: String)] = []
        for offset in stride(from: 0, through: 8 * (context.count + 1), by: 8) {
            let assembly = "r2 = *(u64 *)(r1 + \(offset))\nr0 = 0\nexit"
            let question = KernelOracle.Question(
                type: type, place: index, target: target.type, assembly: assembly)
            do throws(TypeFault) {
                let value = try context.load(at: offset, size: 8)
                accepted.append((offset, KernelOracle.words(value, types)))
            } catch {
                let refusal = #expect(throws: KernelOracle.Refusal.self, "\(name) \(offset)") {
                    _ = try KernelOracle.load(question, logSize: 1 << 16)
                }
                #expect(error.code == refusal?.rejection.code, "\(refusal?.log ?? "")")
            }
        }
        let loads = accepted.map { "r2 = *(u64 *)(r1 + \($0.offset))" }
        let question = KernelOracle.Question(
            type: type, place: index, target: target.type,
            assembly: loads.joined(separator: "\n") + "\nr0 = 0\nexit")
        let states = try KernelOracle.states(question)
        for (index, entry) in accepted.enumerated() {
            let words = states[index].map { $0.prefix { $0 != "(" } } ?? "nothing"
            #expect(words == entry.words, "\(name), byte \(entry.offset)")
        }
    }

    private static func names(_ prefix: String, _ kind: TypeKind) throws -> [String] {
        let types = try KernelOracle.types()
        return try types.typeIDs.filter { types.kind(of: $0) == kind }.map {
            try types.name(of: $0)
        }.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    @Test func `arguments of tracepoints are what the kernel says`() throws {
        // All whose arguments may be null, and a sample of the others.
        for (index, name) in try Self.names("btf_trace_", .alias).enumerated()
        where index % 12 == 0 || Tracepoints.isListed(name) {
            try check(.tracing, .traceRawTracepoint, name)
        }
    }

    @Test func `arguments of iterators are what the kernel says`() throws {
        for name in try Self.names("bpf_iter_", .function) where Iterators.isKnown(name) {
            try check(.tracing, .traceIterator, name)
        }
    }

    @Test(arguments: ["tcp_congestion_ops", "bpf_dummy_ops"])
    func `arguments of members of structs are what the kernel says`(_ structure: String) throws {
        let types = try KernelOracle.types()
        let id = try #require(types.first(named: structure, kind: .structure))
        for (index, member) in try types.members(of: id).enumerated() {
            guard (try? types.prototype(of: member.type)) != nil else { continue }
            // Not for programs: the kernel wants to answer itself.
            guard member.name != "get_info" else { continue }
            let target = try HookTarget.operation(member.name, of: structure, in: types)
            try check(.structOperations, nil, target, types, index: UInt32(index))
        }
    }
}
