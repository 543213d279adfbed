/// Stacks of calls, each found by its number (`BPF_MAP_TYPE_STACK_TRACE`).
@_rawLayout(like: MapDefinition)
public struct StackTraces: ~Copyable, ProgramMap, @unchecked Sendable {
    /// Room for at most `maxEntries` different stacks.
    ///
    /// - Parameter depth: how many calls of each are kept, at most 127.
    @inline(__always)
    public init(maxEntries: Int, depth: Int = 127, pinned: Bool = false) {
        define(7, key: 4, value: depth &* 8, maxEntries: maxEntries, pinned: pinned)
    }

    /// Stores the stack of the kernel or of the process (`bpf_get_stackid`).
    ///
    /// - Parameters:
    ///   - ofUser: the stack of the process instead of the kernel's.
    ///   - skipping: how many innermost calls are left out, at most 255.
    /// - Returns: the number of the stack; `nil` if it could not be stored.
    @inline(__always)
    public func capture(
        _ context: some ProgramContext, ofUser: Bool = false, skipping: UInt64 = 0
    ) -> UInt32? {
        let flags = (skipping & 0xff) | (ofUser ? 1 << 8 : 0)
        let number = Helpers.getStackid(
            context.pointer, address, flags)
        return number < 0 ? nil : UInt32(truncatingIfNeeded: number)
    }
}
