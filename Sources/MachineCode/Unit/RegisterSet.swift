import EBPFBytecode

/// A set of registers.
struct RegisterSet: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    static let none = RegisterSet([])
    /// r0 … r9; r10 always has its value.
    static let all = RegisterSet(rawValue: 0x3ff)
    static let arguments = RegisterSet(rawValue: 0x3e)
    /// What a function must give back as it was.
    static let preserved = RegisterSet(rawValue: 0x3c0)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    @inline(__always)
    init(_ register: Register) { rawValue = 1 << UInt16(register.rawValue) & 0x3ff }

    @inline(__always)
    init(_ source: Source) {
        if case .register(let register) = source { self.init(register) } else { self = [] }
    }

    /// The first `count` arguments.
    init(firstArguments count: Int) {
        rawValue = (2 << UInt16(clamping: min(count, 5)) &- 1) & 0x3e
    }

    @inline(__always)
    func contains(_ register: Register) -> Bool {
        rawValue & 1 << UInt16(register.rawValue) != 0
    }
}
