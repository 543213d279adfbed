public import EBPFMachineCode

extension UserSpaceProgram {
    /// The program's machine code, for the processor that it runs on or another: the same steps with
    /// the same proofs.
    ///
    /// - Returns: `nil` if the program is interpreted here, see ``isCompiled``.
    /// - Throws: ``CompilationError`` if there is none for that processor.
    public func machineCode(
        for processor: Compiler.Processor
    ) throws(CompilationError) -> CompiledUnit? {
        guard let unit = body.code.compiled?.unit else { return nil }
        return try Compiler.compile(unit, for: processor)
    }
}
