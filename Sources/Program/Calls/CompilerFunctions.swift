// What the compiler of kernel programs puts something else in the place of.
#if EBPF_KERNEL
/// The same pointer, of which the optimiser knows nothing: the bounds of a packet must be compared
/// as they are written, for the verifier to see it.
@_extern(c, "__ebpf_opaque") @usableFromInline
func opaque(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer
/// The same number, of which the optimiser knows nothing: what it knows it does not compare, and then
/// the verifier does not know it.
@_extern(c, "__ebpf_unknown") @usableFromInline
func unknown(_ number: Int) -> Int
/// Where a field is (CO-RE).
@_extern(c, "__ebpf_core_offset") @usableFromInline
func coreOffset(_ path: UnsafePointer<UInt8>) -> Int
/// 1 if there is a field.
@_extern(c, "__ebpf_core_exists") @usableFromInline
func coreExists(_ path: UnsafePointer<UInt8>) -> Int
/// How many bytes a field has.
@_extern(c, "__ebpf_core_size") @usableFromInline
func coreSize(_ path: UnsafePointer<UInt8>) -> Int
/// The value of an enumerator.
@_extern(c, "__ebpf_core_enumerator") @usableFromInline
func coreEnumerator(_ path: UnsafePointer<UInt8>) -> Int
/// 1 if there is a type.
@_extern(c, "__ebpf_core_type_exists") @usableFromInline
func coreTypeExists(_ path: UnsafePointer<UInt8>) -> Int
/// How many bytes a type has.
@_extern(c, "__ebpf_core_type_size") @usableFromInline
func coreTypeSize(_ path: UnsafePointer<UInt8>) -> Int
/// 1 if there is an enumerator.
@_extern(c, "__ebpf_core_enumerator_exists") @usableFromInline
func coreEnumeratorExists(_ path: UnsafePointer<UInt8>) -> Int
#else
// As a module of a process there is no kernel to ask, but whoever serves the program natively.
@usableFromInline
func opaque(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer { pointer }
@usableFromInline
func unknown(_ number: Int) -> Int { number }
@usableFromInline
func coreOffset(_ path: UnsafePointer<UInt8>) -> Int { NativeWorld.answer(.fieldOffset, path) }
@usableFromInline
func coreExists(_ path: UnsafePointer<UInt8>) -> Int { NativeWorld.answer(.fieldExists, path) }
@usableFromInline
func coreSize(_ path: UnsafePointer<UInt8>) -> Int { NativeWorld.answer(.fieldSize, path) }
@usableFromInline
func coreEnumerator(_ path: UnsafePointer<UInt8>) -> Int {
    NativeWorld.answer(.enumeratorValue, path)
}
@usableFromInline
func coreTypeExists(_ path: UnsafePointer<UInt8>) -> Int { NativeWorld.answer(.typeExists, path) }
@usableFromInline
func coreTypeSize(_ path: UnsafePointer<UInt8>) -> Int { NativeWorld.answer(.typeSize, path) }
@usableFromInline
func coreEnumeratorExists(_ path: UnsafePointer<UInt8>) -> Int {
    NativeWorld.answer(.enumeratorExists, path)
}
#endif
