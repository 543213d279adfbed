/// A general-purpose register of A64, the 64-bit instruction set of Arm.
///
/// Whether the whole of it or its lower half is meant (`x7` or `w7`) is said by the width of an
/// instruction. Register number 31 is two registers, and each place of each instruction knows but
/// one of them (Arm ARM, DDI 0487, section C1.2.5).
enum ARM64Register: UInt8, CaseIterable, Sendable {
    case x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15
    case x16, x17, x18, x19, x20, x21, x22, x23, x24, x25, x26, x27, x28
    /// The frame pointer of the procedure call standard.
    case x29
    /// The link register: where a call returns to.
    case x30
    /// `xzr`, `wzr`: reads as zero, and forgets what is written.
    case zero = 31
    /// The stack pointer; its lower five bits are the same number.
    case sp = 63

    /// The five bits that stand for the register.
    var number: UInt32 { UInt32(rawValue & 31) }
}

/// What the flags must say for a branch or a selection (Arm ARM, table C1-1).
enum ARM64Condition: UInt8, CaseIterable, Sendable {
    /// Equal, not equal.
    case eq, ne
    /// Unsigned: higher or same, lower (the carry is set, is clear).
    case hs, lo
    /// Negative (minus), positive or zero (plus).
    case mi, pl
    /// Overflow, no overflow.
    case vs, vc
    /// Unsigned: higher, lower or same.
    case hi, ls
    /// Signed: greater or equal, less.
    case ge, lt
    /// Signed: greater, less or equal.
    case gt, le

    /// The opposite.
    var inverted: ARM64Condition {
        ARM64Condition(rawValue: rawValue ^ 1) ?? self
    }
}
