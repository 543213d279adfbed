import ArgumentParser
import EBPFBytecode
import EBPFKernel

/// A program of the kernel as a user names it: a number, a name, a tag, or the path of a pin.
///
/// `12`, `id:12`, `count`, `name:count`, `tag:ebba18da56a28a05`, `/sys/fs/bpf/count`.
struct KernelProgramReference: ExpressibleByArgument {
    private enum Kind {
        case id(UInt32), name(String), tag(ProgramTag), path(String)
    }

    let text: String
    private let kind: Kind

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        text = argument
        func rest(_ prefix: String) -> String? {
            argument.hasPrefix(prefix) ? String(argument.dropFirst(prefix.count)) : nil
        }
        if let digits = rest("id:") {
            guard let id = UInt32(digits) else { return nil }
            kind = .id(id)
        } else if let digits = rest("tag:") {
            guard let tag = ProgramTag(digits) else { return nil }
            kind = .tag(tag)
        } else if let name = rest("name:") {
            kind = .name(name)
        } else if let id = UInt32(argument) {
            kind = .id(id)
        } else if argument.contains("/") {
            kind = .path(argument)
        } else {
            kind = .name(argument)
        }
    }

    /// Opens the program.
    ///
    /// - Throws: ``Failure`` if there is none, or more than one with the name or tag.
    func open() throws -> KernelProgram {
        let found = try openAll()
        guard found.count == 1, let program = found.first else {
            let ids = found.map { "\($0.id)" }.joined(separator: ", ")
            throw Failure(
                message: "\(found.count) programs are \(text): say which by number (\(ids))")
        }
        return program
    }

    /// Opens every program that is meant: with a name or tag there may be several.
    ///
    /// - Throws: ``Failure`` if there is none.
    func openAll() throws -> [KernelProgram] {
        let found: [KernelProgram]
        switch kind {
        case .id(let id):
            do throws(KernelError) { return [try KernelProgram(id: id)] } catch {
                guard error.errno == .noEntry else { throw error }
                throw Failure(message: "there is no program \(id); `ebpf prog list` shows all")
            }
        case .path(let path): return [try KernelProgram(pinnedAt: path)]
        case .tag(let tag): found = try KernelProgram.all(tagged: tag)
        case .name(let name): found = try Self.find(name)
        }
        guard !found.isEmpty
        else { throw Failure(message: "there is no program \(text); `ebpf prog list` shows all") }
        return found
    }

    private static func find(_ name: String) throws -> [KernelProgram] {
        let found = try KernelProgram.all(named: name)
        guard found.isEmpty else { return found }
        let names = Set(try KernelProgram.all().map(\.name)).subtracting([""])
        throw Failure(message: Choice("program", names.sorted()).unknown(name))
    }
}
