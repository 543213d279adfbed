import Builtin

/// A struct of functions that the kernel calls, which are programs (`struct_ops`, Linux 5.6).
///
/// The struct of the source has the kernel's name and those of its members that are values; each
/// program says in its section which of the functions it is.
///
/// ```swift
/// struct tcp_congestion_ops { var name: FixedString<16> }
/// @used let careful = StructOperations(tcp_congestion_ops(name: "careful"))
///
/// @section("struct_ops/ssthresh") @used
/// func threshold(_ context: ArgumentsContext) -> UInt32 { 2 }
/// ```
/// An object with several such structs names them, too: `struct_ops/careful.ssthresh`.
@_rawLayout(like: Fields)
public struct StructOperations<Fields: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    /// A struct with these values; functions that no program is stay empty.
    @inline(__always)
    public init(_ fields: Fields) {
        UnsafeMutablePointer<Fields>(Builtin.unprotectedAddressOfBorrow(self))
            .initialize(to: fields)
    }
}
