import ArgumentParser
import EBPFTypeFormat

/// `ebpf generate struct`: the fields of kernel objects, read where the running kernel has them.
struct GenerateStructCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "struct",
        abstract: "Writes the fields of kernel types as members of KernelPointer.",
        discussion: """
            ebpf generate struct task_struct sock -o KernelFields.swift

            Each member reads its field where the running kernel has it (CO-RE), so that one object \
            fits many kernels. For the types themselves, byte by byte, there is `ebpf btf swift`.
            """)

    @Argument(help: "Names of structs or unions.")
    var names: [String]

    @Option(
        help: ArgumentHelp("vmlinux, a module, id:NUMBER, or a file.", valueName: "source"))
    var btf = "vmlinux"

    @OptionGroup
    var destination: GenerateOutput

    func validate() throws {
        guard !names.isEmpty else { throw ValidationError("name a struct") }
    }

    func run() throws {
        let types = try TypesFile.read(btf)
        let ids = try names.map {
            try TypesFile.type(named: $0, [.structure, .union], in: types, called: btf)
        }
        try destination.write(try types.swiftAccessors(of: ids))
    }
}
