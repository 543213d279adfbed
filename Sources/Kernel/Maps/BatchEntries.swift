/// Entries that lie in the memory of a walk: keys one after the other, and values likewise.
///
/// It is a type of its own so that the loop over them can be compiled into the caller.
@unsafe
@usableFromInline
struct BatchEntries {
    @usableFromInline let count: Int
    @usableFromInline let keys: UnsafeRawPointer
    @usableFromInline let values: UnsafeRawPointer
    @usableFromInline let keySize: Int
    @usableFromInline let valueSize: Int

    init(
        count: Int, keys: UnsafeRawPointer, values: UnsafeRawPointer, keySize: Int, valueSize: Int
    ) {
        unsafe (self.count, self.keySize, self.valueSize) = (count, keySize, valueSize)
        unsafe (self.keys, self.values) = (keys, values)
    }

    // SAFETY: who made this knows that there are so many keys and values, in memory that outlives
    // the call.
    /// Hands out the entries.
    @inlinable
    @inline(__always)
    func forEach<Failure: Error>(
        _ body: (_ key: RawSpan, _ value: RawSpan) throws(Failure) -> Void
    ) throws(Failure) {
        var (key, value) = unsafe (keys, values)
        for _ in unsafe 0..<count {
            try body(
                unsafe RawSpan(_unsafeStart: key, byteCount: keySize),
                unsafe RawSpan(_unsafeStart: value, byteCount: valueSize))
            unsafe key += keySize
            unsafe value += valueSize
        }
    }
}
