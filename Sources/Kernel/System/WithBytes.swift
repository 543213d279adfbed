import EBPFBytecode

/// The bytes of an array in memory, for the duration of a system call; null for an empty one.
@unsafe
@inline(__always)
func withBytes<Result>(
    of bytes: [UInt8], _ body: (UnsafeRawPointer?) throws(KernelErrno) -> Result
) throws(KernelErrno) -> Result {
    try unsafe bytes.withUnsafeBufferPointer { buffer throws(KernelErrno) in
        unsafe try body(buffer.isEmpty ? nil : UnsafeRawPointer(buffer.baseAddress))
    }
}
