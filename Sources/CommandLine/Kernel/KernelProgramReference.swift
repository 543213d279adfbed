import ArgumentParser
import EBPFBytecode
import EBPFKernel

/// A program of the kernel as a user names it: a number, a name, a tag, or the path of a pin.
///
/// `12`, `id:12`, `count`, `name:count`, `tag:ebba18da56a28a05`, `/sys/fs/bpf/count`.
struct KernelProgramReference: ExpressibleByArgument {
    private enum Kind {
        case object(ObjectText), tag(ProgramTag)
    }

    let text: String
    private let kind: Kind

    init?(argument: String) {
        text = argument
        if argument.hasPrefix("tag:") {
            guard let tag = ProgramTag(String(argument.dropFirst(4))) else { return nil }
            kind = .tag(tag)
        } else {
            guard let object = ObjectText(argument) else { return nil }
            kind = .object(object)
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
        case .object(.id(let id)):
            do throws(KernelError) { return [try KernelProgram(id: id)] } catch {
                guard error.errno == .noEntry else { throw error }
                throw Failure(message: "there is no program \(id); `ebpf prog list` shows all")
            }
        case .object(.path(let path)): return [try KernelProgram(pinnedAt: path)]
        case .tag(let tag): found = try KernelProgram.all(tagged: tag)
        case .object(.name(let name)): found = try Self.find(name)
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
