import EBPFBytecode
@testable import EBPFKernel
import EBPFTypeFormat
import Testing

/// A program that does nothing but call one function of the kernel.
struct FunctionCall {
    private let features: KernelFeatures
    private let types: BTF
    private let name: String
    private let function: TypeID
    private let cast: TypeID
    /// For each parameter, the kernel structure that it points to.
    private let structures: [TypeID?]

    init(_ name: String, _ features: KernelFeatures) throws {
        self.features = features
        self.name = name
        types = try #require(features.kernelTypes)
        function = try #require(types.first(named: name, kind: .function))
        cast = try #require(types.first(named: "bpf_rdonly_cast", kind: .function))
        structures = try Self.structures(of: function, types)
    }

    /// What arguments the call has.
    enum Arguments {
        /// Zeros.
        case nothing
        /// Where a structure is expected, an address cast to it, which nothing is known of.
        case untrustedPointers
    }

    /// The verifier's answer to a call.
    struct Answer {
        let isAllowed: Bool
        let sleeps: Bool
        let log: String
    }

    /// Whether the first parameter is a structure that an argument can be taken for.
    var startsWithStructure: Bool {
        guard let first = structures.first, let first,
            let name = try? types.name(of: first)
        else { return false }
        return !name.hasPrefix("bpf_iter_") && !Self.special.contains(name)
    }

    /// Structures that the verifier knows by other means than a pointer to them.
    private static let special: Set<String> = [
        "bpf_dynptr", "bpf_list_head", "bpf_rb_root", "bpf_res_spin_lock", "bpf_wq",
        "bpf_task_work", "__sk_buff", "xdp_md",
    ]

    /// A type of programs that may call it and that this kernel loads, sleepable if need be.
    var caller: (ProgramType, AttachType?)? {
        let candidates: [(ProgramType, AttachType?)] = [
            (.syscall, nil), (.structOperations, nil), (.schedulerClassifier, nil), (.xdp, nil),
            (.socketOperations, nil), (.tracing, .traceIterator), (.kprobe, .traceKprobeSession),
        ]
        return candidates.first { type, place in
            guard features.programType(type) == .yes else { return false }
            guard let answer = isAllowed(in: type, at: place) else { return false }
            return answer.isAllowed && !answer.sleeps
        }
    }

    /// Whether the verifier lets programs of a type call it; `nil` where none can be loaded.
    func isAllowed(in type: ProgramType, at place: AttachType? = nil) -> Answer? {
        guard let log = refusal(in: type, at: place, with: .nothing, thenFailing: false) else {
            return nil
        }
        let refused = ["calling kernel function", "metadata kfuncs require device-bound program"]
        return Answer(
            isAllowed: !refused.contains(where: log.contains),
            sleeps: log.contains("program must be sleepable to call"), log: log)
    }

    /// The verifier's log of a call; with another instruction behind it that is always refused.
    func log(
        in caller: (ProgramType, AttachType?), with arguments: Arguments, thenFailing: Bool = false
    ) -> String {
        refusal(in: caller.0, at: caller.1, with: arguments, thenFailing: thenFailing) ?? ""
    }

    private func refusal(
        in type: ProgramType, at place: AttachType?, with arguments: Arguments, thenFailing: Bool
    ) -> String? {
        var code = instructions(arguments) + [call(function)]
        // Nobody can read r5 after a call.
        if thenFailing { code.append(EncodedInstruction(opcode: 0xbf, destination: 0, source: 5)) }
        code += [.move(0, 0), .exit]
        guard
            let program = ProbeProgram(type, at: place, types: { types }, code)
        else { return nil }
        return program.refusal(.linux, logSize: 1 << 13)?.log ?? ""
    }

    private func instructions(_ arguments: Arguments) -> [EncodedInstruction] {
        var preparations: [EncodedInstruction] = []
        var moves: [EncodedInstruction] = []
        var saved = UInt8(6)
        for index in UInt8(0)..<5 {
            guard case .untrustedPointers = arguments, structures.indices.contains(Int(index)),
                let structure = structures[Int(index)], saved < 10
            else {
                moves.append(.move(index + 1, 0))
                continue
            }
            preparations += [
                .move(1, 0), .move(2, Int32(bitPattern: structure.rawValue)), call(cast),
                EncodedInstruction(opcode: 0xbf, destination: saved, source: 0),
            ]
            moves.append(EncodedInstruction(opcode: 0xbf, destination: index + 1, source: saved))
            saved += 1
        }
        return preparations + moves
    }

    private func call(_ function: TypeID) -> EncodedInstruction {
        EncodedInstruction(
            opcode: 0x85, source: 2, immediate: Int32(bitPattern: function.rawValue))
    }

    private static func structures(of function: TypeID, _ types: BTF) throws -> [TypeID?] {
        guard case .function(_, let prototype, _) = try types.type(function),
            case .functionPrototype(let shape) = try types.type(prototype)
        else { return [] }
        return try shape.parameters.map { parameter in
            guard case .pointer(let target) = try types.resolvedType(parameter.type)
            else { return nil }
            let pointee = try types.resolve(target)
            return types.kind(of: pointee) == .structure ? pointee : nil
        }
    }
}
