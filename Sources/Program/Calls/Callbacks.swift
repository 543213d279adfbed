// Helpers that call back. A closure of Swift is a function and what it captured: just the two
// arguments, `callback_fn` and `callback_ctx`, that these helpers take. The compiler replaces the
// symbols by the helpers' numbers. The kernel calls such a closure itself: it cannot be wrapped in
// another one, so that its arguments are those of the helper, without generic types.

/// Whether a loop goes on.
public struct LoopStep: BitwiseCopyable, Sendable {
    @usableFromInline let rawValue: Int

    @inline(__always) @usableFromInline init(_ rawValue: Int) { self.rawValue = rawValue }

    /// On to the next one.
    public static var next: LoopStep { @inline(__always) get { LoopStep(0) } }
    /// No more.
    public static var stop: LoopStep { @inline(__always) get { LoopStep(1) } }
}

/// Calls a closure with the numbers from 0 to `count - 1` (`bpf_loop`, Linux 5.17).
///
/// The verifier looks at the closure once, so that `count` may be large (8,388,608 at most) and
/// need not be constant.
///
/// A check that fails in the closure (an overflow, an index out of bounds) is counted and ends the
/// program, as it does everywhere.
///
/// - Returns: how often the closure was called, or an error number below 0.
@inline(__always) @discardableResult
public func loop(_ count: Int, _ body: (UInt32) -> LoopStep) -> Int {
    repeatCall(UInt32(truncatingIfNeeded: count), body, 0)
}

#if EBPF_KERNEL
@_silgen_name("__ebpf_helper_181") @usableFromInline
func repeatCall(_ count: UInt32, _ body: (UInt32) -> LoopStep, _ flags: UInt64) -> Int

@_silgen_name("__ebpf_helper_164") @usableFromInline
func eachElement(
    _ map: UnsafeMutableRawPointer,
    _ body: (UnsafeMutableRawPointer, EntryKey, EntryValue) -> LoopStep, _ flags: UInt64
) -> Int

@_silgen_name("__ebpf_helper_209") @usableFromInline
func drainMessages(
    _ map: UnsafeMutableRawPointer, _ body: (RingMessage) -> LoopStep, _ flags: UInt64
) -> Int
#else
// Whoever serves the program natively calls back with addresses of the machine.
@usableFromInline
func repeatCall(_ count: UInt32, _ body: (UInt32) -> LoopStep, _ flags: UInt64) -> Int {
    NativeWorld.call(181, UInt64(count), flags: flags) { index, _, _ in
        UInt64(truncatingIfNeeded: body(UInt32(truncatingIfNeeded: index)).rawValue)
    }
}

@usableFromInline
func eachElement(
    _ map: UnsafeMutableRawPointer,
    _ body: (UnsafeMutableRawPointer, EntryKey, EntryValue) -> LoopStep, _ flags: UInt64
) -> Int {
    NativeWorld.call(164, UInt64(UInt(bitPattern: map)), flags: flags) { map, key, value in
        let step = body(
            NativeWorld.pointer(to: map),
            EntryKey(pointer: UnsafeRawPointer(NativeWorld.pointer(to: key))),
            EntryValue(pointer: NativeWorld.pointer(to: value)))
        return UInt64(truncatingIfNeeded: step.rawValue)
    }
}

@usableFromInline
func drainMessages(
    _ map: UnsafeMutableRawPointer, _ body: (RingMessage) -> LoopStep, _ flags: UInt64
) -> Int {
    NativeWorld.call(209, UInt64(UInt(bitPattern: map)), flags: flags) { message, _, _ in
        let step = body(RingMessage(pointer: NativeWorld.pointer(to: message)))
        return UInt64(truncatingIfNeeded: step.rawValue)
    }
}
#endif
