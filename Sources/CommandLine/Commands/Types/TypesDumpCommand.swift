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
            ebpf btf dump map:flows
            ebpf btf dump vmlinux --format c --type task_struct --type sock
            """)

    /// What to print.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case raw, c, swift
    }

    @Argument(
        help: "vmlinux, a module, id:NUMBER, prog:NAME, map:NAME, an object, or a file of types.")
    var source: String

    @Option(help: ArgumentHelp("raw (as bpftool prints it), c or swift.", valueName: "format"))
    var format = Format.raw

    @Option(help: ArgumentHelp("What the types extend, for a module's file.", valueName: "file"))
    var base: String?

    @Option(
        name: .customLong("type"),
        help: ArgumentHelp("Only this type, and all that it needs.", valueName: "name"))
    var names: [String] = []

    func run() throws {
        let types = try TypesFile.read(source, base: base)
        let roots = try roots(types)
        switch format {
        case .c: Terminal.say(try types.header(of: roots))
        case .swift: Terminal.say(try types.swiftHeader(of: roots))
        case .raw:
            for id in roots ?? Array(types.ownTypeIDs) {
                Terminal.say(try types.summary(of: id))
            }
        }
    }

    /// The types that are named; `nil` for all.
    private func roots(_ types: BTF) throws -> [TypeID]? {
        guard !names.isEmpty else { return nil }
        return try names.flatMap { name in
            let found = types.types(named: name)
            guard !found.isEmpty else {
                throw TypesFile.unknown(name, in: types, called: source)
            }
            return found
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
                throw TypesFile.unknown(name, in: types, called: source)
            }
            for id in found {
                let size = (try? types.size(of: id)).map { ", \($0) bytes" } ?? ""
                Terminal.say("/* type \(id)\(size) */\n" + (try types.definition(of: id)))
            }
        }
    }
}
