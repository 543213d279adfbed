/// The way into machine code; one for the whole process, which is never taken away.
@safe
public struct Gate: Sendable {
    private typealias Function =
        @convention(c) (UInt64, UInt64, UInt64, UInt64, UInt64, UnsafeMutableRawPointer) -> UInt64

    private let function: Function
    /// The address of code that returns what the bank of registers holds as r0.
    public let resultAddress: UInt64

    /// The gate of this process, if machine code can be made for its processor.
    public static let shared = Compiler.Processor.current.flatMap(Gate.init)

    /// Keeps the code.
    private static let memory = Compiler.Processor.current.flatMap {
        try? ExecutableMemory(Compiler.gate(for: $0).code)
    }

    private init?(_ processor: Compiler.Processor) {
        guard let memory = Self.memory else { return nil }
        resultAddress = memory.address(of: Compiler.gate(for: processor).result)
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
