/// One of the eleven registers that a program can name (RFC 9669, section 2.1).
public enum Register: UInt8, CaseIterable, Comparable, Sendable {
    /// The return value of calls, and of the program.
    case r0
    /// Arguments of calls; not preserved by them.
    case r1, r2, r3, r4, r5
    /// Preserved across calls.
    case r6, r7, r8, r9
    /// The frame pointer: one past the highest byte of the stack frame; read-only.
    case r10

    /// The registers that carry a call's arguments, in order.
    public static let arguments: [Register] = [.r1, .r2, .r3, .r4, .r5]

    /// Orders registers by number.
    public static func < (left: Register, right: Register) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Register: CustomStringConvertible {
    /// The register's name in LLVM's notation, `r0` … `r10`.
    public var description: String { "r\(rawValue)" }

    /// The name of the register's lower half in LLVM's notation, `w0` … `w10`.
    public var lowHalfName: String { "w\(rawValue)" }
}
