import EBPFBytecode
import EBPFHooks
import EBPFObjectFile

/// What `--attach` says: a hook, or a program and its hook: `auto`, `xdp:eth0`, `drop=xdp:eth0`.
struct LiveHook {
    /// The hook.
    let reference: HookReference
    /// The program, where it is named.
    let program: String?

    var isAutomatic: Bool { reference.form == nil }

    init(_ text: String) throws {
        // A hook's target may hold an equals sign; a program's name holds no colon.
        if let equals = text.firstIndex(of: "="), !text[..<equals].contains(":"),
            !text[..<equals].contains("/")
        {
            program = String(text[..<equals])
            reference = try HookReference(String(text[text.index(after: equals)...]))
        } else {
            program = nil
            reference = try HookReference(text)
        }
    }

    /// Makes the program one for this hook, before it is loaded.
    func prepare(_ specs: inout ObjectSpecs, in file: String) throws {
        guard !isAutomatic else { return }
        let name = try programName(in: specs, file)
        guard var spec = specs.programs[name]
        else { throw Failure(message: specs.unknownProgram(name, in: file)) }
        reference.prepare(&spec)
        if reference.form?.name.hasPrefix("xdp") == true, spec.needsInterface {
            try spec.bind(to: .name(reference.target))
        }
        specs.programs[name] = spec
    }

    /// The program that is meant: the one that is named, or the only one that the hook takes.
    func programName(in specs: ObjectSpecs, _ file: String) throws -> String {
        if let program { return program }
        guard let form = reference.form else { return "" }
        let fitting = specs.programs.values.filter { form.programTypes.contains($0.type) }
        guard let first = fitting.first else {
            let types = form.programTypes.map(\.name).joined(separator: ", ")
            throw Failure(message: "\(file): no program is of a type for \(form.name) (\(types))")
        }
        guard fitting.count == 1 else {
            let names = fitting.map(\.name).joined(separator: ", ")
            throw Failure(
                message: "\(file): which program is for \(reference)? "
                    + "write --attach NAME=\(reference); there are \(names)")
        }
        return first.name
    }
}
