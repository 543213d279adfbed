public import EBPFObjectFile
public import EBPFTypeFormat
import EBPFVerification

/// The verification that ends a build: what a kernel would refuse is a message of the compiler, at
/// the line of the user's own source.
///
/// Not every program can be judged: without types of a kernel, those that need some are left alone.
public struct BuildVerification {
    private let kernelTypes: BTF?

    /// A verification for a kernel with these types; `nil` where none are known.
    public init(kernelTypes: BTF?) { self.kernelTypes = kernelTypes }

    /// What is wrong with the programs of an object.
    ///
    /// What only this machine's kernel lacks is a warning: the program may be for another one.
    public func diagnostics(for specs: ObjectSpecs) -> [CompilerDiagnostic] {
        let verifier = Verifier(kernelTypes: kernelTypes)
        return specs.programs.values.flatMap { program -> [CompilerDiagnostic] in
            guard case .rejected(let rejection) = verifier.verify(program, of: specs).verdict
            else { return [] }
            var diagnostics = rejection.diagnostics
            guard rejection.code == .missingInKernel || rejection.code == .attachTarget
            else { return diagnostics }
            guard kernelTypes != nil else { return [] }
            diagnostics[0].severity = .warning
            diagnostics[0].message = "here \(diagnostics[0].message)"
            return diagnostics
        }
    }
}
