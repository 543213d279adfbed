extension Rejection.Code {
    /// What usually helps in a program that is written in Swift, where it is other than in C.
    var swiftSuggestion: String? {
        switch self {
        case .uninitializedStack:
            "give every member a value, and declare padding as a member of its own"
        case .possiblyNull: "unwrap it first, with if let or guard let"
        case .invalidPointer: "read the kernel's memory through KernelPointer"
        case .outOfBounds: "check the index before the access, with guard"
        case .unbounded: "limit it first: guard index < count, or index & (count - 1)"
        case .packetBounds: "take headers with packet.header(_:at:), which checks their bounds"
        case .stackTooLarge:
            "keep large values in a PerCPUArray; all functions of a call chain share 512 bytes"
        case .licenseRequired: "compile it with --license GPL"
        case .endlessLoop, .tooComplex:
            "give the loop a limit, for _ in 0..<64, or use loop(_:), whose body is verified once"
        case .leakedReference: "submit, discard or release it on every path"
        case .locking:
            "while a lock is held, call nothing and let no check fail: &+ instead of +, no index"
        default: nil
        }
    }
}
