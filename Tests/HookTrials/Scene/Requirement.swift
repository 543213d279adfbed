import EBPFBytecode
import EBPFKernel
import EBPFTypeFormat

/// What a kernel must have for a trial to make sense: looked for, not guessed from its version.
enum Requirement {
    /// The kernel was built knowing a kind of program (`enum bpf_prog_type`).
    static func programType(_ type: ProgramType) throws {
        guard try values(of: "bpf_prog_type").contains(Int64(type.rawValue)) else {
            throw HookTrial.Skip("this kernel has no program type \(type)")
        }
    }

    /// The kernel was built knowing a hook (`enum bpf_attach_type`).
    static func attachType(_ type: AttachType) throws {
        guard try values(of: "bpf_attach_type").contains(Int64(type.rawValue)) else {
            throw HookTrial.Skip("this kernel has no attach type \(type)")
        }
    }

    /// A function is part of the kernel, according to its types.
    static func function(_ name: String, for feature: String) throws {
        let types = try KernelTypes.shared.vmlinux()
        guard types.first(named: name, kind: .function) != nil else {
            throw HookTrial.Skip("this kernel was built without \(feature) (no \(name))")
        }
    }

    /// The values of an enumeration, without the one that only counts them (`__MAX_…`).
    private static func values(of name: String) throws -> [Int64] {
        let types = try KernelTypes.shared.vmlinux()
        guard let id = types.first(named: name, kind: .enumeration),
            case .enumeration(let type) = try types.type(id)
        else { throw HookTrial.Skip("the kernel's types have no enum \(name)") }
        return type.enumerators.filter { !$0.name.hasPrefix("__MAX") }.map(\.value)
    }
}
