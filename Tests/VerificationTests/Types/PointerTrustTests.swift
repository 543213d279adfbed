import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// What pointers are worth that were read through other pointers, compared with what the kernel's
/// verifier says.
@Suite(.liveKernel) struct PointerTrustTests {
    private static let pointersOfEach = 16

    /// A way from a structure to a pointer in it, and on to what that points to.
    private struct Chain {
        let offset: Int
        let first: (to: TypeID, traits: PointerTraits)
        var rest: [(offset: Int, words: String)] = []
    }

    private func chains(
        from structure: TypeID, _ traits: PointerTraits, _ access: inout StructureAccess,
        inReadSection: Bool
    ) throws -> [Chain] {
        var chains: [Chain] = []
        let size = try access.types.size(of: structure)
        for offset in stride(from: 0, to: size, by: 8) {
            guard
                case .pointer(let target, let found)? = try? access.load(
                    from: structure, through: traits, at: offset, size: 8,
                    inReadSection: inReadSection)
            else { continue }
            var chain = Chain(offset: offset, first: (target, found))
            let inner = try access.types.size(of: target)
            for place in stride(from: 0, to: inner, by: 8) where chain.rest.count < 40 {
                guard
                    let value = try? access.load(
                        from: target, through: found.subtracting(.maybeNull), at: place, size: 8,
                        inReadSection: inReadSection)
                else { continue }
                chain.rest.append((place, KernelOracle.words(value, access.types)))
            }
            chains.append(chain)
        }
        let step = max(chains.count / Self.pointersOfEach, 1)
        return stride(from: 0, to: chains.count, by: step).map { chains[$0] }
    }

    /// Loads a pointer to r7, drops out where it is null, and loads all of the chain through it.
    private func check(
        _ chain: Chain, _ question: KernelOracle.Question, before: String, _ types: BTF
    ) throws {
        var question = question
        let lines = chain.rest.map { "r2 = *(u64 *)(r7 + \($0.offset))" }
        question.assembly =
            before + "r7 = *(u64 *)(r6 + \(chain.offset))\n"
            + "if r7 == 0 goto end\n" + lines.joined(separator: "\n") + "\nend:\nr0 = 0\nexit"
        let start = before.split(separator: "\n").count
        let first = try KernelOracle.states(question, of: "r7")[start]
        let words = KernelOracle.words(
            HookArgument.pointer(to: chain.first.to, chain.first.traits), types)
        #expect(first.map { $0.prefix { $0 != "(" } } ?? "nothing" == words, "\(chain.offset)")
        let states = try KernelOracle.states(question)
        for (index, entry) in chain.rest.enumerated() {
            let found = states[start + 2 + index].map { $0.prefix { $0 != "(" } } ?? "nothing"
            #expect(found == entry.words, "\(words), then \(entry.offset)")
        }
    }

    @Test(arguments: StructureAccessTests.sources)
    func `pointers read from trusted structures are worth what the kernel says`(
        _ source: StructureAccessTests.Source
    ) throws {
        let types = try KernelOracle.types()
        let structure = try #require(types.first(named: source.structure, kind: .structure))
        var access = StructureAccess(types)
        let target = try #require(
            types.first(named: "btf_trace_" + source.tracepoint, kind: .alias))
        let before = "r6 = *(u64 *)(r1 + \(8 * source.argument))\n"
        for chain in try chains(from: structure, .trusted, &access, inReadSection: true) {
            let question = KernelOracle.Question(target: target, assembly: "")
            try check(chain, question, before: before, types)
        }
    }

    @Test(arguments: [("task", 8, "task_struct"), ("cgroup", 8, "cgroup")])
    func `pointers read where programs sleep are worth what the kernel says`(
        _ iterator: String, _ offset: Int, _ name: String
    ) throws {
        let types = try KernelOracle.types()
        let structure = try #require(types.first(named: name, kind: .structure))
        var access = StructureAccess(types)
        let target = try #require(types.first(named: "bpf_iter_" + iterator, kind: .function))
        let before = "r6 = *(u64 *)(r1 + \(offset))\nif r6 == 0 goto end\n"
        for chain in try chains(from: structure, .trusted, &access, inReadSection: false) {
            let question = KernelOracle.Question(
                place: AttachType.traceIterator.rawValue, target: target, flags: .sleepable,
                assembly: "")
            try check(chain, question, before: before, types)
        }
    }

    /// Iterators lend some of their objects without a promise.
    @Test func `pointers read from structures without promises are plain`() throws {
        let types = try KernelOracle.types()
        let structure = try #require(types.first(named: "file", kind: .structure))
        var access = StructureAccess(types)
        let target = try #require(types.first(named: "bpf_iter_task_file", kind: .function))
        let before = "r6 = *(u64 *)(r1 + 24)\nif r6 == 0 goto end\n"
        for chain in try chains(from: structure, [], &access, inReadSection: true) {
            let question = KernelOracle.Question(
                place: AttachType.traceIterator.rawValue, target: target, assembly: "")
            try check(chain, question, before: before, types)
        }
    }
}
