import ArgumentParser

/// `ebpf btf`: type information of kernels, modules and objects.
struct TypesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "btf",
        abstract: "Shows, converts and checks type information (BTF).",
        discussion: """
            ebpf btf dump vmlinux --format c > vmlinux.h
            ebpf btf show vmlinux task_struct
            ebpf btf swift task_struct > KernelTypes.swift
            ebpf btf check program.bpf.o --btf /var/lib/btf
            ebpf btf minimize program.bpf.o --btf 5.4.btf -o 5.4.min.btf

            SOURCE is vmlinux, a module, id:NUMBER, an object, or a file of types.
            """,
        subcommands: [
            TypesListCommand.self, TypesDumpCommand.self, TypesShowCommand.self,
            TypesCheckCommand.self, TypesMinimizeCommand.self, TypesSwiftCommand.self,
        ])
}
