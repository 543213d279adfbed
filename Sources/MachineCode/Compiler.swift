import EBPFBytecode

/// Makes machine code.
public enum Compiler {
    /// The processors that machine code can be made for.
    public enum Processor: Hashable, Sendable {
        /// x86-64, with what it has beyond the first of them.
        case x86(X86Features)
        /// arm64 with atomic instructions (Armv8.1).
        case arm64

        /// The one that this process runs on, if it is one of them.
        public static let current: Processor? = {
            #if arch(x86_64)
            return .x86(X86Features.current)
            #elseif arch(arm64)
            return ARM64Processor.hasAtomics ? .arm64 : nil
            #else
            return nil
            #endif
        }()
    }

    /// Translates a unit.
    ///
    /// - Throws: ``CompilationError``; the unit can still be interpreted.
    public static func compile(
        _ unit: CodeUnit, for processor: Processor
    ) throws(CompilationError) -> CompiledUnit {
        let analysis = try UnitAnalysis(unit)
        switch processor {
        case .x86(let features):
            guard let compiled = X86Emitter(consume analysis, features: features).emit()
            else { throw .unsupportedProcessor }
            return compiled
        case .arm64:
            do throws(ARM64AssemblyError) {
                return try ARM64Emitter.emit(analysis)
            } catch {
                throw .unsupportedProcessor
            }
        }
    }

    /// The code through which machine code is entered.
    static func gate(for processor: Processor) -> (code: [UInt8], result: Int) {
        switch processor {
        case .x86: X86Gate.code()
        case .arm64: ARM64Gate.code()
        }
    }
}
