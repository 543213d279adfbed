/// The argument of a program: a structure of the kernel, whose fields are read where they lie.
public protocol ProgramContext: BitwiseCopyable {
    /// Where it is.
    var pointer: UnsafeRawPointer { get }
}

extension ProgramContext {
    /// A field, so many bytes from the start, at just the width that the kernel permits.
    @inline(__always) @usableFromInline
    func load<Field: BitwiseCopyable>(_ offset: Int, as _: Field.Type = Field.self) -> Field {
        (pointer + offset).assumingMemoryBound(to: Field.self).pointee
    }

    /// Sets a field; the verifier knows which ones a program may set.
    @inline(__always) @usableFromInline
    func store<Field: BitwiseCopyable>(_ value: Field, at offset: Int) {
        let place = UnsafeMutableRawPointer(mutating: pointer + offset)
        #if EBPF_KERNEL
        place.assumingMemoryBound(to: Field.self).pointee = value
        #else
        NativeWorld.store(value, at: place)
        #endif
    }

    /// A pointer that the kernel shows as a number of 32 bits.
    @inline(__always) @usableFromInline
    func narrowPointer(_ offset: Int) -> UnsafeMutableRawPointer {
        #if EBPF_KERNEL
        UnsafeMutableRawPointer(bitPattern: UInt(load(offset, as: UInt32.self))).unsafelyUnwrapped
        #else
        NativeWorld.pointer(to: UInt64(load(offset, as: UInt32.self)))
        #endif
    }

    /// A pointer that the kernel shows as what it is.
    @inline(__always) @usableFromInline
    func widePointer(_ offset: Int) -> UnsafeMutableRawPointer {
        #if EBPF_KERNEL
        load(offset)
        #else
        NativeWorld.pointer(to: load(offset))
        #endif
    }

    /// An address of IPv6 in four fields.
    @inline(__always) @usableFromInline
    func address6(_ offset: Int) -> IPv6Address {
        IPv6Address(
            words: load(offset), load(offset + 4), load(offset + 8), load(offset + 12))
    }
}
