#if EBPF_KERNEL
/// A helper of the kernel, by its number: a call of an address that is no address, which is how the
/// back end of the compiler says `call NUMBER`.
@inline(__always) @_transparent @usableFromInline
func helper<Function>(_ number: UInt, as type: Function.Type) -> Function {
    unsafeBitCast(number, to: type)
}
#else
/// A helper of the kernel, by its number: a function of C that hands its arguments to whoever
/// serves the program natively.
///
/// All entries take five words, the most that a helper takes: what a call does not pass lies in
/// registers that nobody looks at, on x86-64 as on arm64.
@usableFromInline
func helper<Function>(_ number: UInt, as type: Function.Type) -> Function {
    unsafeBitCast(HelperEntries.all[Int(number) - 1], to: type)
}
#endif

/// Every helper of the kernel, as the kernel calls it: numbers and plain pointers.
///
/// Most have a better form: the methods of maps and contexts, ``Process``, ``KernelTime``, ….
/// Pointers must be what the kernel's verifier expects; it refuses all else when the program is
/// loaded.
public enum Helpers {
    /// `bpf_trace_printk` with three arguments, helper 6.
    @inline(__always) @discardableResult
    public static func tracePrintk(
        _ format: UnsafeRawPointer?, _ formatSize: UInt32, _ first: UInt64, _ second: UInt64,
        _ third: UInt64
    ) -> Int {
        helper(
            6, as: (@convention(c) (UnsafeRawPointer?, UInt32, UInt64, UInt64, UInt64) -> Int).self
        )(format, formatSize, first, second, third)
    }
}
