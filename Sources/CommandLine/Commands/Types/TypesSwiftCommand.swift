import ArgumentParser
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
        let kinds: [TypeKind] = [.structure, .union, .enumeration, .enumeration64, .alias]
        let ids = try names.map { try TypesFile.type(named: $0, kinds, in: types, called: btf) }
        let text = try types.swiftHeader(of: ids)
        guard let output else { return Terminal.say(text) }
        try OutputFile.write(Array(text.utf8), to: output)
    }
}
