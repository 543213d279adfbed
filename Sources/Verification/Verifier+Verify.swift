public import EBPFObjectFile

extension Verifier {
    /// Judges a program of an object.
    public func verify(_ program: ProgramSpec, of specs: ObjectSpecs) -> Verification {
        Verification(
            program: program.name, verdict: .undecided("the verifier is not ready yet"),
            statistics: Verification.Statistics())
    }
}
