/// An instruction of classic BPF (`struct sock_filter`): the packet filters that came before eBPF.
///
/// ```
///  0        16   24   32              64
/// ┌──────────┬────┬────┬───────────────┐
/// │   code   │ jt │ jf │       k       │
/// └──────────┴────┴────┴───────────────┘
/// ```
public struct ClassicInstruction: Hashable, Sendable {
    /// What it does (`code`).
    public var code: UInt16
    /// How many instructions are skipped if a condition holds (`jt`).
    public var ifTrue: UInt8
    /// How many are skipped if not (`jf`).
    public var ifFalse: UInt8
    /// A number: an offset, an operand (`k`).
    public var operand: UInt32

    /// An instruction of its parts.
    public init(code: UInt16, ifTrue: UInt8 = 0, ifFalse: UInt8 = 0, operand: UInt32) {
        self.code = code
        self.ifTrue = ifTrue
        self.ifFalse = ifFalse
        self.operand = operand
    }
}
