import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// Type information as a user names it: `vmlinux`, a module, a number, or a file.
///
/// `vmlinux`, `nf_tables`, `id:42`, `prog:count`, `map:flows`, `/sys/kernel/btf/vmlinux`,
/// `program.bpf.o`, `types.btf`.
enum TypesFile {
    /// Reads types.
    ///
    /// - Parameter base: a file whose types these extend; a module's are found by themselves.
    static func read(_ source: String, base: String? = nil) throws -> BTF {
        let base = try base.map { try read($0) }
        if source == "vmlinux" { return try KernelTypes.shared.vmlinux() }
        if source.hasPrefix("id:"), let id = UInt32(source.dropFirst(3)) {
            return try TypesObject(id: id).types()
        }
        if let types = try object(source) { return types }
        if source.contains("/") || source.contains(".") || !isModule(source) {
            return try file(source, base: base)
        }
        return try module(source)
    }

    /// The type with a name that is of one of the kinds, the first of them if several are.
    ///
    /// - Parameter source: what the user called the types, for the message.
    static func type(
        named name: String, _ kinds: [TypeKind], in types: BTF, called source: String
    ) throws -> TypeID {
        for kind in kinds {
            if let found = types.first(named: name, kind: kind) { return found }
        }
        throw unknown(name, kinds, in: types, called: source)
    }

    /// What to say about a name that no type of these kinds has; of any kind, if there are none.
    static func unknown(
        _ name: String, _ kinds: [TypeKind] = [], in types: BTF, called source: String
    ) -> Failure {
        let others = types.typeIDs.lazy.filter { id in
            guard let kind = types.kind(of: id) else { return false }
            return kinds.isEmpty || kinds.contains(kind)
        }.compactMap { try? types.name(of: $0) }
        return Failure(
            message: "\(source): there is no type \"\(name)\""
                + Spelling.suggestion(for: name, among: others))
    }

    /// The types of a program or map of the kernel: `prog:REFERENCE`, `map:REFERENCE`.
    private static func object(_ source: String) throws -> BTF? {
        let (id, noun): (UInt32, String)
        if source.hasPrefix("prog:"),
            let reference = KernelProgramReference(argument: String(source.dropFirst(5)))
        {
            (id, noun) = (try reference.open().details().typesID, "program")
        } else if source.hasPrefix("map:"),
            let reference = MapReference(argument: String(source.dropFirst(4)))
        {
            (id, noun) = (try reference.open().shape.typesID, "map")
        } else {
            return nil
        }
        guard id != 0 else {
            throw Failure(message: "\(source): the \(noun) was loaded without type information")
        }
        return try TypesObject(id: id).types()
    }

    /// Whether the running kernel shows types under a name.
    private static func isModule(_ name: String) -> Bool {
        SystemCalls.linux.exists("\(directory)/\(name)")
    }

    private static func module(_ name: String) throws -> BTF {
        let bytes = try SystemCalls.linux.contents(of: "\(directory)/\(name)")
        return try BTF(bytes, base: try KernelTypes.shared.vmlinux())
    }

    private static func file(_ path: String, base: BTF?) throws -> BTF {
        let bytes = try ObjectFile.bytes(contentsOf: path)
        // Of an object the sections are laid out, too; kernels and modules are ELF files as well.
        if let specs = try? ObjectFile(bytes, name: path).specs() {
            guard let types = specs.types else {
                throw Failure(message: "\(path): there is no type information; compile with -g")
            }
            return types
        }
        let isModuleOfThisKernel = path.hasPrefix(directory + "/") && !path.hasSuffix("/vmlinux")
        let base = try base ?? (isModuleOfThisKernel ? KernelTypes.shared.vmlinux() : nil)
        do throws(ObjectFileError) { return try BTF(file: bytes, base: base) } catch {
            throw Failure(message: "\(path): \(error)")
        }
    }

    private static let directory = "/sys/kernel/btf"
}
