import EBPFObjectFile

/// A part of Swift's runtime that a program needs and no kernel has, in the language of Swift.
struct RuntimeRefusal {
    let failure: LinkFailure

    /// The refusal of a symbol; `nil` if it is not one of the runtime's.
    init?(_ symbol: String, at line: LineInfo?) {
        guard let entry = Self.table.first(where: { symbol.hasPrefix($0.prefix) }) else {
            guard RemovingUnused.isRuntime("@" + symbol) else { return nil }
            failure = LinkFailure(
                "this needs Swift's runtime, which a kernel program does not have", at: line)
            return
        }
        failure = LinkFailure(entry.message, at: line, remedy: entry.remedy)
    }

    private static let heap = "a kernel program cannot allocate memory on the heap"
    private static let heapRemedy =
        "use structs, InlineArray and maps; closures must not outlive the call they are given to"

    private static let table: [(prefix: String, message: String, remedy: String)] = [
        ("swift_alloc", heap, heapRemedy), ("swift_slowAlloc", heap, heapRemedy),
        ("posix_memalign", heap, heapRemedy), ("malloc", heap, heapRemedy),
        ("swift_initStackObject", heap, heapRemedy), ("swift_initStaticObject", heap, heapRemedy),
        ("free", heap, heapRemedy), ("swift_dealloc", heap, heapRemedy),
        (
            "swift_retain", "a kernel program cannot count references: this is a class or a box",
            heapRemedy
        ),
        (
            "swift_release", "a kernel program cannot count references: this is a class or a box",
            heapRemedy
        ),
        ("swift_isUnique", heap, heapRemedy),
        (
            "arc4random", "a kernel program cannot use Swift's random numbers",
            "ask the kernel for one with a helper"
        ),
        (
            "putchar", "a kernel program has no standard output",
            "send what you want to see through a ring buffer, or count it in a map"
        ),
        (
            "swift_dynamicCast", "a kernel program cannot ask for the type of a value at run time",
            "use generics or an enum"
        ),
        (
            "swift_willThrow", "an error leaves the program here",
            "catch it with do and catch, and return a verdict"
        ),
        (
            "__multi3", "this multiplies in 128 bits, which BPF cannot",
            "multiply numbers of 32 bits, or use &* and check the size before"
        ),
        (
            "memcpy", "this copies more bytes, or a number of bytes that is not constant",
            "copy a fixed number of bytes, at most 512"
        ),
        (
            "memset", "this fills more bytes, or a number of bytes that is not constant",
            "fill a fixed number of bytes, at most 512"
        ),
    ]
}
