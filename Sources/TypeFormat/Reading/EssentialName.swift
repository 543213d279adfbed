/// What of a name says which type is meant.
///
/// A program may know several versions of a kernel's type. In C two structs cannot have one name,
/// so each version gets a *flavour*: `task_struct___old` and `task_struct` both mean the kernel's
/// `task_struct`. A flavour is what follows the last run of exactly three underscores that has
/// something before it and something behind it.
public enum EssentialName {
    /// A name without its flavour.
    public static func of(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var scanner = EssentialNameScanner()
        for byte in name { scanner.take(byte) }
        return name.prefix(scanner.essentialCount)
    }

    /// A name without its flavour.
    public static func of(_ name: String) -> String {
        String(decoding: of(Array(name.utf8)[...]), as: UTF8.self)
    }

    /// Whether two names mean the same type.
    public static func areEqual(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        of(left).elementsEqual(of(right))
    }
}

/// Reads a name byte by byte and remembers where its flavour begins.
struct EssentialNameScanner {
    private var count = 0
    private var run = 0
    private var hash: UInt32 = 0x811c_9dc5
    private var runHash: UInt32 = 0
    private var found: (count: Int, hash: UInt32)?

    /// The length of the name without its flavour.
    var essentialCount: Int { found?.count ?? count }
    /// A hash of the name without its flavour (FNV-1a, 32 bits).
    var essentialHash: UInt32 { found?.hash ?? hash }

    @inline(__always)
    mutating func take(_ byte: UInt8) {
        if byte == UInt8(ascii: "_") {
            if run == 0 { runHash = hash }
            run += 1
        } else {
            if run == 3, count > 3 { found = (count - 3, runHash) }
            run = 0
        }
        hash = (hash ^ UInt32(byte)) &* 0x0100_0193
        count += 1
    }
}
