import ArgumentParser
import EBPFBytecode
import EBPFTypeFormat

/// `ebpf btf swift`: types for programs in Swift.
struct TypesSwiftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swift",
        abstract: "Writes types as Swift declarations of the same layout, with all they contain.",
        discussion: """
            ebpf btf swift task_struct sock > KernelTypes.swift
            ebpf btf swift sk_buff --btf 5.10.btf -o KernelTypes.swift
            ebpf btf swift event --btf program.bpf.o

            What is only pointed to is an empty type. Unions, packed structs and bit-fields, for \
            which Swift has no layout, are bytes with accessors.
            """)

    @Argument(help: "Names of structs, unions, enumerations or typedefs.")
    var names: [String]

    @Option(
        help: ArgumentHelp(
            "vmlinux, a module, id:NUMBER, an object, or a file of types.", valueName: "source"))
    var btf = "vmlinux"

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; the terminal if none.", valueName: "file"))
    var output: String?

    func run() throws {
        let types = try TypesFile.read(btf)
        let text = try types.swiftHeader(of: try names.map { try find($0, types) })
        guard let output else { return Terminal.say(text) }
        try OutputFile.write(Array(text.utf8), to: output)
    }

    /// The type with a name that has a size; a struct rather than a typedef of it.
    private func find(_ name: String, _ types: BTF) throws -> TypeID {
        let kinds: [TypeKind] = [.structure, .union, .enumeration, .enumeration64, .alias]
        for kind in kinds {
            if let found = types.first(named: name, kind: kind) { return found }
        }
        let others = types.typeIDs.lazy.filter {
            types.kind(of: $0).map(kinds.contains) ?? false
        }.compactMap { try? types.name(of: $0) }
        throw Failure(
            message: "\(btf): there is no type \"\(name)\""
                + Spelling.suggestion(for: name, among: others))
    }
}
