/// A helper of the kernel, by its number: a call of an address that is no address, which is how the
/// back end of the compiler says `call NUMBER`.
@inline(__always) @_transparent @usableFromInline
func helper<Function>(_ number: UInt, as type: Function.Type) -> Function {
    unsafeBitCast(number, to: type)
}

/// The helpers that this module itself uses, as the kernel calls them.
@usableFromInline enum Helpers {
    @usableFromInline typealias Pointer = UnsafeRawPointer
    @usableFromInline typealias MutablePointer = UnsafeMutableRawPointer

    /// `bpf_map_lookup_elem`
    @inline(__always) @usableFromInline
    static func mapLookup(_ map: Pointer, _ key: Pointer) -> MutablePointer? {
        helper(1, as: (@convention(c) (Pointer, Pointer) -> MutablePointer?).self)(map, key)
    }

    /// `bpf_map_update_elem`
    @inline(__always) @usableFromInline
    static func mapUpdate(_ map: Pointer, _ key: Pointer, _ value: Pointer, _ flags: UInt64) -> Int {
        helper(2, as: (@convention(c) (Pointer, Pointer, Pointer, UInt64) -> Int).self)(
            map, key, value, flags)
    }

    /// `bpf_map_delete_elem`
    @inline(__always) @usableFromInline
    static func mapDelete(_ map: Pointer, _ key: Pointer) -> Int {
        helper(3, as: (@convention(c) (Pointer, Pointer) -> Int).self)(map, key)
    }

    /// `bpf_ktime_get_ns`
    @inline(__always) @usableFromInline
    static func time() -> UInt64 { helper(5, as: (@convention(c) () -> UInt64).self)() }

    /// `bpf_get_current_pid_tgid`
    @inline(__always) @usableFromInline
    static func processAndThread() -> UInt64 { helper(14, as: (@convention(c) () -> UInt64).self)() }

    /// `bpf_get_current_uid_gid`
    @inline(__always) @usableFromInline
    static func userAndGroup() -> UInt64 { helper(15, as: (@convention(c) () -> UInt64).self)() }

    /// `bpf_get_current_comm`
    @inline(__always) @usableFromInline
    static func command(_ buffer: MutablePointer, _ count: UInt32) -> Int {
        helper(16, as: (@convention(c) (MutablePointer, UInt32) -> Int).self)(buffer, count)
    }

    /// `bpf_get_current_task`
    @inline(__always) @usableFromInline
    static func task() -> UInt { helper(35, as: (@convention(c) () -> UInt).self)() }

    /// `bpf_probe_read_kernel`
    @inline(__always) @usableFromInline
    static func readKernel(_ buffer: MutablePointer, _ count: UInt32, _ address: UInt) -> Int {
        helper(113, as: (@convention(c) (MutablePointer, UInt32, UInt) -> Int).self)(
            buffer, count, address)
    }

    /// `bpf_probe_read_user_str`
    @inline(__always) @usableFromInline
    static func readUserString(_ buffer: MutablePointer, _ count: UInt32, _ address: UInt) -> Int {
        helper(114, as: (@convention(c) (MutablePointer, UInt32, UInt) -> Int).self)(
            buffer, count, address)
    }

    /// `bpf_ringbuf_output`
    @inline(__always) @usableFromInline
    static func ringOutput(_ map: Pointer, _ data: Pointer, _ count: UInt64, _ flags: UInt64) -> Int {
        helper(130, as: (@convention(c) (Pointer, Pointer, UInt64, UInt64) -> Int).self)(
            map, data, count, flags)
    }

    /// `bpf_ringbuf_reserve`
    @inline(__always) @usableFromInline
    static func ringReserve(_ map: Pointer, _ count: UInt64, _ flags: UInt64) -> MutablePointer? {
        helper(131, as: (@convention(c) (Pointer, UInt64, UInt64) -> MutablePointer?).self)(
            map, count, flags)
    }

    /// `bpf_ringbuf_submit`
    @inline(__always) @usableFromInline
    static func ringSubmit(_ record: MutablePointer, _ flags: UInt64) {
        helper(132, as: (@convention(c) (MutablePointer, UInt64) -> Void).self)(record, flags)
    }

    /// `bpf_ringbuf_discard`
    @inline(__always) @usableFromInline
    static func ringDiscard(_ record: MutablePointer, _ flags: UInt64) {
        helper(133, as: (@convention(c) (MutablePointer, UInt64) -> Void).self)(record, flags)
    }

    /// `bpf_xdp_get_buff_len`
    @inline(__always) @usableFromInline
    static func packetLength(_ context: Pointer) -> UInt64 {
        helper(188, as: (@convention(c) (Pointer) -> UInt64).self)(context)
    }
}
