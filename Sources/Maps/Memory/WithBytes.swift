import EBPFBytecode

/// Calls `body` with the place of a byte array; an empty one has some place too.
@inline(__always)
func withBytes<Result>(
    _ bytes: [UInt8],
    _ body: (UnsafeRawPointer) throws(KernelErrno) -> Result
) throws(KernelErrno) -> Result {
    try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(KernelErrno) -> Result in
        guard let base = buffer.baseAddress else { throw .invalidArgument }
        return try unsafe body(UnsafeRawPointer(base))
    }
}

/// Calls `body` with the places of two byte arrays, neither empty.
func withBytes<Result>(
    _ first: [UInt8],
    _ second: [UInt8],
    _ body: (UnsafeRawPointer, UnsafeRawPointer) throws(KernelErrno) -> Result
) throws(KernelErrno) -> Result {
    try unsafe withBytes(first) { (first) throws(KernelErrno) -> Result in
        try unsafe withBytes(second) { (second) throws(KernelErrno) -> Result in
            try unsafe body(first, second)
        }
    }
}
