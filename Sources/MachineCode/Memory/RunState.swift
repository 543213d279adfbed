/// What machine code and the runtime share while a program runs: a block of memory that one virtual
/// CPU owns.
///
/// ```
///  0      registers    a bank of sixteen words, r0 first: arguments of helpers, and what they keep
///  128    fields       see ``Field``
///  512    differences  for each region: what to add to a program's address to get the host's
///         starts       for each region: the lower half of its first address, and how many bytes
///                      from there may be read without asking
///         limits       for each region: how many bytes may be written
/// ```
///
/// Addresses of programs have the number of a region in their upper half. So the host's address of
/// a proved access is one load and one addition away, and that of an unproved one three comparisons.
/// Regions that hold many objects have limits of 0 here; the runtime judges accesses to them.
@safe
public struct RunState: @unchecked Sendable {
    /// The first byte of the block.
    @unsafe public let base: UnsafeMutableRawPointer

    /// How many regions the tables have.
    public static let regionCount = 65536
    /// How many bytes a block takes; all zeros is a valid one.
    public static let byteCount = tables + 3 * 8 * regionCount

    static let tables = 512
    static let differences = tables
    static let starts = differences + 8 * regionCount
    static let limits = starts + 8 * regionCount

    /// - Precondition: `base` points to ``byteCount`` bytes that outlive every use.
    @unsafe
    public init(base: UnsafeMutableRawPointer) { unsafe self.base = base }

    /// A word of the block.
    public enum Field: Int32, CaseIterable, Sendable {
        /// The machine code to enter.
        case target = 16
        /// The host's address one past the stack frame of the function that is entered.
        case frame
        /// Where the innermost run's entry is on the host's stack; faults go back there.
        case exitStack
        /// Why the run ended, see ``RunState/Ending``; 0 while it goes on.
        case ending
        /// The slot that called the runtime, or failed.
        case site
        /// How many branches backwards and calls are left.
        case budget
        /// How many `may_goto` still do nothing.
        case loopBudget
        /// The host's address one past the outermost stack frame.
        case stackTop
        /// The program's address of the same place.
        case frameTop
        /// The host's address one past the innermost frame that there can be.
        case stackLimit
        /// The frame of the function that called the runtime.
        case callingFrame
        /// The runtime's own.
        case machine
        /// Functions of the runtime; see ``RuntimeCalls``.
        case callHelper, callRegister, tailCall, afterCall, load, store, atomic, loadPacket
        /// The region that unproved accesses are expected in; see ``RunState/openWindow(_:)``.
        case windowRegion
        /// Its first address, and what to add to an address in it to get the host's.
        case windowStart, windowDifference
        /// At how many of its bytes, from the first on, eight may be read, and written.
        case windowReadable, windowWritable
        /// The number of the virtual CPU.
        case cpu
        /// A function of the runtime; see ``RuntimeCalls/LookUp``.
        case lookUp
    }

    /// Why machine code ended a run.
    public enum Ending: UInt64, Sendable {
        case none, fault, budget, frames, end
    }

    /// Where a field is, from the beginning of the block.
    static func offset(of field: Field) -> Int32 { field.rawValue * 8 }

    /// A field's word.
    @inline(__always)
    public subscript(field: Field) -> UInt64 {
        // SAFETY: fields lie inside the block.
        get { unsafe base.load(fromByteOffset: Int(field.rawValue) * 8, as: UInt64.self) }
        nonmutating set {
            unsafe base.storeBytes(
                of: newValue, toByteOffset: Int(field.rawValue) * 8, as: UInt64.self)
        }
    }

    /// The bank of registers.
    @unsafe
    public var registers: UnsafeMutablePointer<UInt64> {
        unsafe base.assumingMemoryBound(to: UInt64.self)
    }

    /// Says where a region is.
    ///
    /// - Parameters:
    ///   - region: its number.
    ///   - host: the host's address of its first byte.
    ///   - start: the lower half of the program's address of the same byte.
    ///   - readable: how many bytes of it may be read, if it holds one object, else 0.
    ///   - writable: how many may be written.
    @unsafe
    public func setRegion(
        _ region: Int, at host: UnsafeMutableRawPointer?, start: UInt32, readable: UInt32,
        writable: UInt32
    ) {
        guard (0..<Self.regionCount).contains(region) else { return }
        let address = Int(region) << 32 | Int(start)
        let difference = unsafe host.map { Int(bitPattern: $0) &- address } ?? 0
        unsafe base.storeBytes(
            of: difference, toByteOffset: Self.differences + 8 * region, as: Int.self)
        unsafe base.storeBytes(
            of: UInt64(start) | UInt64(readable) << 32, toByteOffset: Self.starts + 8 * region,
            as: UInt64.self)
        unsafe base.storeBytes(
            of: UInt64(writable), toByteOffset: Self.limits + 8 * region, as: UInt64.self)
        if self[.windowRegion] == UInt64(region) { openWindow(region) }
    }

    /// Makes a region the one in which unproved accesses are expected: those cost a subtraction and
    /// a comparison. Others are looked up in the tables.
    public func openWindow(_ region: Int) {
        guard (0..<Self.regionCount).contains(region) else { return }
        let start = word(Self.starts + 8 * region)
        self[.windowRegion] = UInt64(region)
        self[.windowStart] = UInt64(region) << 32 | start & 0xffff_ffff
        self[.windowDifference] = word(Self.differences + 8 * region)
        self[.windowReadable] = Self.places(ofEight: start >> 32)
        self[.windowWritable] = Self.places(ofEight: word(Self.limits + 8 * region))
    }

    private func word(_ offset: Int) -> UInt64 {
        // SAFETY: callers name entries of the tables.
        unsafe base.load(fromByteOffset: offset, as: UInt64.self)
    }

    private static func places(ofEight byteCount: UInt64) -> UInt64 {
        byteCount < 8 ? 0 : byteCount - 7
    }
}

/// What machine code asks of the runtime. All are C functions whose first argument is the address of
/// the ``RunState``; one that fails sets ``RunState/Field/ending`` and returns anything.
public enum RuntimeCalls {
    /// `(state, index) -> r0`: calls a helper with the arguments of the bank.
    public typealias CallHelper =
        @convention(c) (UnsafeMutableRawPointer, UInt64) -> UInt64
    /// `(state, map, key) -> value`: looks up the key at an address of the host; the value's address for the
    /// program, or 0. It cannot fail, and wants nothing in the bank.
    public typealias LookUp =
        @convention(c) (UnsafeMutableRawPointer, UInt64, UnsafeRawPointer) -> UInt64
    /// `(state, address) -> code`: the machine code of a function, or 0 if the address was a helper's
    /// number: then it has been called, and r0 is in the bank.
    public typealias CallRegister =
        @convention(c) (UnsafeMutableRawPointer, UInt64) -> UInt64
    /// `(state) -> code`: the machine code that replaces the running program, or 0 if it goes on.
    public typealias TailCall = @convention(c) (UnsafeMutableRawPointer) -> UInt64
    /// `(state)`: a function has returned that may have been left for another program.
    public typealias AfterCall = @convention(c) (UnsafeMutableRawPointer) -> Void
    /// `(state, address, access) -> value`: a load that machine code could not judge; see ``AccessCode``.
    public typealias Load =
        @convention(c) (UnsafeMutableRawPointer, UInt64, UInt64) -> UInt64
    /// `(state, address, access, value)`: the same for a store.
    public typealias Store =
        @convention(c) (UnsafeMutableRawPointer, UInt64, UInt64, UInt64) -> Void
    /// `(state, address, kind, value) -> old`: an atomic operation; see ``AtomicCode``.
    public typealias Atomic =
        @convention(c) (UnsafeMutableRawPointer, UInt64, UInt64, UInt64) -> UInt64
    /// `(state, offset, size) -> value`: a load from the packet, or all ones if it is too short.
    public typealias LoadPacket =
        @convention(c) (UnsafeMutableRawPointer, UInt64, UInt64) -> UInt64
}
