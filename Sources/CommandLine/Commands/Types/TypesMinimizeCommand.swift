import ArgumentParser
import EBPFObjectFile
import EBPFTypeFormat

/// `ebpf btf minimize`: the few of a kernel's types that some objects need.
struct TypesMinimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "minimize",
        abstract: "Writes only those of a kernel's types that objects' CO-RE relocations need.",
        discussion: """
            ebpf btf minimize snoop.bpf.o --btf 5.4.0-91.btf -o 5.4.0-91.min.btf
            ebpf btf minimize *.bpf.o -o vmlinux.min.btf       # of the running kernel

            For kernels that show no types: ship the result with the objects. The objects get from it
            the same answers as from the whole, which ebpf btf check --btf shows.
            """)

    @Argument(help: "Objects, or C sources.")
    var files: [String]

    @Option(help: ArgumentHelp("The kernel's types.", valueName: "source"))
    var btf = "vmlinux"

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    @OptionGroup var building: BuildOptions

    func run() async throws {
        let kernel = try TypesFile.read(btf)
        var reduction = COREReduction(of: kernel)
        for file in files {
            for (name, content) in try await ProgramFile.readAll(file, building: building) {
                guard case .object(let specs, _) = content
                else { throw Failure(message: "\(file): bytecode has no relocations") }
                for outcome in try reduction.add(specs) {
                    Terminal.complain("\(name): \(outcome)")
                }
            }
        }
        let types = try reduction.types()
        let bytes = types.bytes
        try OutputFile.write(bytes, to: output)
        Terminal.complain(
            "\(output): \(types.count - 1) of \(kernel.count - 1) types, \(bytes.count) bytes")
    }
}
