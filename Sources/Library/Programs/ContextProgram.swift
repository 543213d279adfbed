import EBPFBytecode
import EBPFExecution
import EBPFKernel

/// A kind of program that sees a context other than a packet, and can be run on one without being
/// attached.
///
/// The kernel runs raw tracepoints, socket look-ups and system call programs so, and says of others
/// that it does not; user space runs all.
public protocol ContextProgram: ProgramKind {}

extension ContextProgram {
    /// Runs the program on a context as bytes: registers, arguments or a tracepoint's record.
    ///
    /// - Returns: what the program returned, and the context as it left it.
    /// - Throws: ``RunError``; `ENOTSUPP` for kinds that the kernel does not run so.
    public func run(context: [UInt8]) throws(RunError) -> ContextRun {
        switch program.storage {
        case .userSpace(let program):
            let result: ContextResult = try runInUserSpace { try program.run(context: context) }
            return ContextRun(
                returned: UInt32(truncatingIfNeeded: result.returned), context: result.context)
        case .kernel(let program):
            do throws(KernelError) {
                let result = try program.run(context: context)
                return ContextRun(returned: result.returned, context: result.context)
            } catch {
                throw .refused(error)
            }
        }
    }

    /// Runs the program on a context as plain data, such as a tuple of arguments.
    ///
    /// - Throws: ``RunError``; `ENOTSUPP` for kinds that the kernel does not run so.
    public func run<Context: BitwiseCopyable>(
        context: Context
    ) throws(RunError) -> ContextRun {
        let bytes = unsafe withUnsafeBytes(of: context) { unsafe [UInt8]($0) }
        return try run(context: bytes)
    }
}

/// What a run on a context left behind.
public struct ContextRun: Hashable, Sendable {
    /// What the program returned: the lower half of r0.
    public let returned: UInt32
    /// The context after the run.
    public let context: [UInt8]
}
