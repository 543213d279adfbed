/// The way into machine code; one for the whole process.
@safe
public struct Gate: Sendable {
    private typealias Function =
        @convention(c) (UInt64, UInt64, UInt64, UInt64, UInt64, UnsafeMutableRawPointer) -> UInt64

    private let memory: ExecutableMemory
    private let function: Function
    /// The address of code that returns what the bank of registers holds as r0.
    public let resultAddress: UInt64

    /// The gate of this process, if machine code can be made for its processor.
    public static let shared: Gate? = {
        guard let processor = Compiler.Processor.current else { return nil }
        return try? Gate(processor)
    }()

    private init(_ processor: Compiler.Processor) throws(CompilationError) {
        let gate = Compiler.gate(for: processor)
        memory = try ExecutableMemory(gate.code)
        resultAddress = memory.address(of: gate.result)
        unsafe function = memory.function(at: 0, as: Function.self)
    }

    /// Runs machine code until its function returns or the run ends otherwise, which
    /// ``RunState/Field/ending`` then says; returns r0.
    ///
    /// - Precondition: the state's target is machine code of this processor that is still there; its
    ///   tables and functions are set.
    @unsafe
    @inline(__always)
    public func enter(
        _ state: RunState, _ first: UInt64, _ second: UInt64 = 0, _ third: UInt64 = 0,
        _ fourth: UInt64 = 0, _ fifth: UInt64 = 0
    ) -> UInt64 {
        unsafe function(first, second, third, fourth, fifth, state.base)
    }
}
