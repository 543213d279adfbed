/// The argument of a program that an application runs by itself (`BPF_PROG_TYPE_SYSCALL`): a record
/// of the application's making.
public struct SyscallContext<Fields>: ProgramContext {
    /// Where it is.
    public let pointer: UnsafeRawPointer

    /// The record, to be read and written.
    @inline(__always)
    public var fields: Fields {
        _read { yield pointer.assumingMemoryBound(to: Fields.self).pointee }
        nonmutating _modify {
            yield &UnsafeMutableRawPointer(mutating: pointer)
                .assumingMemoryBound(to: Fields.self).pointee
        }
    }
}
