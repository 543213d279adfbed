/// The argument of programs on functions and events of the kernel that see plain arguments: raw
/// tracepoints, `tp_btf`, `fentry`, `fexit`, security modules. An array of words.
public struct ArgumentsContext: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// An argument, counted from 0. On `fexit` and in security modules the one after the last is
    /// what the function returned.
    @inline(__always)
    public func argument(_ index: Int) -> UInt64 { load(8 * index) }

    /// An argument that points to an object of the kernel.
    @inline(__always)
    public func object<Object>(_ index: Int, _: Object.Type = Object.self) -> TrustedPointer<Object>
    {
        TrustedPointer(widePointer(8 * index))
    }
}

/// The argument of programs on functions of the kernel, when they are called.
public typealias FunctionContext = ArgumentsContext

/// The argument of programs of security modules.
public typealias SecurityContext = ArgumentsContext

/// The argument of programs on raw tracepoints.
public typealias RawTracepointContext = ArgumentsContext
