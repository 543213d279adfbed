import EBPFObjectFile
import EBPFTypeFormat

extension HookTarget {
    /// Most arguments that programs are called with (`MAX_BPF_FUNC_ARGS`).
    static let argumentLimit = 12
    /// Most bytes of a struct that is passed by value.
    private static let valueLimit = 16

    /// Why programs cannot be called as the function is, if so: what is passed must fit into
    /// registers (`btf_distill_func_proto`).
    static func obstacle(
        to name: String, _ prototype: PrototypeType, _ types: BTF
    ) -> TypeFault? {
        func fault(_ what: String) -> TypeFault {
            TypeFault(
                .attachTarget, "\(name) \(what), so no program can be attached to it",
                suggestion: "use a kprobe, or a function that it calls")
        }
        guard prototype.parameters.count <= argumentLimit else {
            return fault("has \(prototype.parameters.count) arguments, more than \(argumentLimit)")
        }
        if prototype.isVariadic { return fault("takes as many arguments as it is given") }
        guard let result = size(of: prototype.result, types), !result.isStructure else {
            return fault("returns a struct or another value that does not fit a register")
        }
        for (index, parameter) in prototype.parameters.enumerated() {
            guard let size = size(of: parameter.type, types), (1...valueLimit).contains(size.bytes)
            else { return fault("takes a value that does not fit registers (\(index + 1))") }
        }
        return nil
    }

    /// How many bytes are passed; `nil` for types that never are.
    private static func size(
        of type: TypeID, _ types: BTF
    ) -> (bytes: Int, isStructure: Bool)? {
        guard let resolved = try? types.resolve(type) else { return nil }
        switch types.kind(of: resolved) {
        case nil: return (0, false)
        case .pointer: return (8, false)
        case .integer, .enumeration, .enumeration64:
            return (try? types.size(of: resolved)).map { ($0, false) }
        case .structure, .union: return (try? types.size(of: resolved)).map { ($0, true) }
        default: return nil
        }
    }
}
