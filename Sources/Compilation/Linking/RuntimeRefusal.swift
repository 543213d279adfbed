import EBPFObjectFile

/// A part of Swift's runtime that a program needs and no kernel has, in the language of Swift.
struct RuntimeRefusal {
    let failure: LinkFailure

    /// The refusal of a symbol; `nil` if it is not one of the runtime's.
    ///
    /// - Parameter line: where it is called. Swift's optimiser drops the lines of some calls, and
    ///   what is left is the line before: a word of the source tells better then.
    init?(_ symbol: String, at line: LineInfo?, _ sources: UserSources) {
        guard let entry = Self.table.first(where: { symbol.hasPrefix($0.prefix) }) else {
            guard RemovingUnused.isRuntime("@" + symbol) else { return nil }
            failure = LinkFailure(
                "this needs Swift's runtime, which a kernel program does not have", at: line)
            return
        }
        let words = Self.words.first { symbol.hasPrefix($0.prefix) }?.words ?? []
        let text = line.flatMap { sources.line($0.line, of: sources.given($0).file) } ?? ""
        let isThere = words.contains { text.firstRange(of: $0) != nil }
        let place = isThere || words.isEmpty ? line : sources.place(of: words) ?? line
        failure = LinkFailure(entry.message, at: place, remedy: entry.remedy)
    }

    /// How the source says what calls these symbols.
    private static let words: [(prefix: String, words: [String])] = [
        ("putchar", ["print(", "debugPrint(", "dump("]), ("arc4random", ["random(", "shuffle"]),
    ]

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
            "memcpy", GenerationRefusal.copying.message, GenerationRefusal.copying.remedy
        ),
        (
            "memmove", GenerationRefusal.copying.message, GenerationRefusal.copying.remedy
        ),
        (
            "memset", GenerationRefusal.filling.message, GenerationRefusal.filling.remedy
        ),
    ]
}
