import ArgumentParser
import EBPFTypeFormat

/// `ebpf btf dump`: all types, as they are or as C.
struct TypesDumpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "Prints all types: raw, as a C header, or in Swift.",
        discussion: """
            ebpf btf dump vmlinux --format c > vmlinux.h
            ebpf btf dump program.bpf.o
            ebpf btf dump id:42
            """)

    /// What to print.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case raw, c, swift
    }

    @Argument(help: "vmlinux, a module, id:NUMBER, an object, or a file of types.")
    var source: String

    @Option(help: ArgumentHelp("raw (as bpftool prints it), c or swift.", valueName: "format"))
    var format = Format.raw

    @Option(help: ArgumentHelp("What the types extend, for a module's file.", valueName: "file"))
    var base: String?

    func run() throws {
        let types = try TypesFile.read(source, base: base)
        switch format {
        case .c: Terminal.say(try types.header())
        case .swift: Terminal.say(try types.swiftHeader())
        case .raw:
            for id in types.ownTypeIDs { Terminal.say(try types.summary(of: id)) }
        }
    }
}

/// `ebpf btf show`: one type.
struct TypesShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows types by name, as C, with sizes and offsets.",
        discussion: "ebpf btf show vmlinux task_struct")

    @Argument(help: "vmlinux, a module, id:NUMBER, an object, or a file of types.")
    var source: String

    @Argument(help: "Names of types, without struct or union.")
    var names: [String]

    func run() throws {
        let types = try TypesFile.read(source)
        for name in names {
            let found = types.types(named: name)
            guard !found.isEmpty else {
                throw Failure(message: "\(source): there is no type \"\(name)\"")
            }
            for id in found {
                let size = (try? types.size(of: id)).map { ", \($0) bytes" } ?? ""
                Terminal.say("/* type \(id)\(size) */\n" + (try types.definition(of: id)))
            }
        }
    }
}
