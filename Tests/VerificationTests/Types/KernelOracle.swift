import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import EBPFTypeFormat
import Testing

@testable import EBPFVerification

/// Asks the running kernel what registers hold while it verifies a program.
enum KernelOracle {
    /// A program for a hook; whoever asks knows its slots.
    struct Question {
        var type = ProgramType.tracing
        /// The attach type, or the index of a member.
        var place = AttachType.traceRawTracepoint.rawValue
        var target: TypeID
        var flags: ProgramFlags = []
        var license = "GPL"
        var assembly: String
    }

    /// Why the kernel says no.
    struct Refusal: Error {
        let errno: KernelErrno
        let log: String
        var rejection: Rejection { Rejection(log: log, of: KernelOracle.spec) }
    }

    private static let spec = ProgramSpec(name: "test", type: .tracing, instructions: [])

    /// The kernel's types.
    static func types() throws -> BTF { try KernelTypes.shared.vmlinux() }

    /// What a register holds after each slot, in the kernel's words; throws its refusal.
    static func states(
        _ question: Question, of register: String = "r2", logSize: Int = 1 << 17
    ) throws -> [Int: String] {
        let log = try load(question, logSize: logSize)
        var states: [Int: String] = [:]
        let name = Array(register.uppercased().utf8)
        for line in log.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                let slot = Int(Substring(line[..<colon]))
            else { continue }
            // A line with an instruction ends in what is known after it, one without has all that
            // is known before its slot.
            let rest = line[colon...].dropFirst(2)
            guard let state = state(of: name, in: rest) else { continue }
            states[rest.first == UInt8(ascii: "(") ? slot : slot - 1] = state
        }
        return states
    }

    private static func state(of name: [UInt8], in line: Substring.UTF8View) -> String? {
        for word in line.split(separator: UInt8(ascii: " ")) where word.starts(with: name) {
            let rest = word.dropFirst(name.count)
            for prefix in ["=", "_w="] where rest.starts(with: prefix.utf8) {
                return String(Substring(rest.dropFirst(prefix.utf8.count)))
            }
        }
        return nil
    }

    /// Loads it and gives the log; throws ``Refusal``.
    @discardableResult
    static func load(_ question: Question, logSize: Int = 1 << 17) throws -> String {
        let instructions = try Assembler().assemble(question.assembly)
        var memory = CallMemory()
        var attributes = ProgramLoadAttributes()
        attributes.type = question.type.rawValue
        attributes.expectedAttachType = question.place
        attributes.instructionCount = UInt32(instructions.count)
        attributes.instructions = memory.array(instructions.map(\.word))
        attributes.license = memory.string(question.license)
        attributes.flags = question.flags.rawValue
        attributes.attachType = question.target.rawValue
        attributes.logLevel = 2
        attributes.logSize = UInt32(logSize)
        attributes.log = memory.buffer(count: logSize)
        defer { memory.keep() }
        do throws(KernelErrno) {
            _ = try SystemCalls.linux.openBPF(.programLoad, &attributes)
            return text(attributes, memory)
        } catch {
            throw Refusal(errno: error, log: text(attributes, memory))
        }
    }

    private static func text(
        _ attributes: ProgramLoadAttributes, _ memory: borrowing CallMemory
    ) -> String {
        let count = min(attributes.logTrueSize, attributes.logSize)
        let bytes = memory.contents(of: attributes.log, count: Int(count))
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }

    /// A pointer or number in the kernel's words, without what follows the parenthesis.
    static func words(_ value: HookArgument, _ types: BTF) -> String {
        switch value {
        case .number: "scalar"
        case .buffer(let traits): "\(traits)buf" + (traits.contains(.maybeNull) ? "_or_null" : "")
        case .pointer(let structure, let traits): words(structure, traits, types)
        }
    }

    /// Likewise, of what a load from a structure gives.
    static func words(_ value: StructureAccess.Value, _ types: BTF) -> String {
        switch value {
        case .number: "scalar"
        case .untrustedMemory: "rdonly_untrusted_mem"
        case .pointer(let structure, let traits): words(structure, traits, types)
        }
    }

    private static func words(_ structure: TypeID, _ traits: PointerTraits, _ types: BTF) -> String
    {
        let name = (try? types.name(of: structure)) ?? "?"
        return "\(traits)ptr_" + (traits.contains(.maybeNull) ? "or_null_" : "") + name
    }
}
