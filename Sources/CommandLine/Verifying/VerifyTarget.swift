import EBPFObjectFile
import EBPFVerification

/// What `--target` names: the object, and perhaps the program, of which extensions replace functions.
struct VerifyTarget {
    private let specs: ObjectSpecs
    private let program: String?

    /// Reads `FILE` or `FILE:PROGRAM`.
    init(_ text: String, building options: BuildOptions) async throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isWhole = (try? ObjectFile.bytes(contentsOf: text)) != nil
        let hasProgram = parts.count > 1 && !isWhole
        let path = hasProgram ? parts.dropLast().joined(separator: ":") : text
        let name = hasProgram ? parts.last.map(String.init) : nil
        guard case .object(let specs, _) = try await ProgramFile.read(path, building: options)
        else { throw Failure(message: "--target \(text): \(path) is no object") }
        if let name, specs.programs[name] == nil {
            throw Failure(message: "--target \(text): \(specs.unknownProgram(name, in: path))")
        }
        self.specs = specs
        program = name
    }

    /// What an extension replaces: a function of the program that was named, or of the first one that
    /// has such a function.
    func target(of program: ProgramSpec) -> ExtensionTarget? {
        if let name = self.program {
            return specs.programs[name].map { ExtensionTarget($0, of: specs) }
        }
        let found = specs.programs.values.first { other in
            other.functions.contains { $0.name == program.attachTarget }
        }
        return (found ?? specs.programs.values.first).map { ExtensionTarget($0, of: specs) }
    }
}
