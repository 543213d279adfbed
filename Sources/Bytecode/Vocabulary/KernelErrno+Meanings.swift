/// What error numbers mean to people who did not write the kernel.
extension KernelErrno {
    /// The meaning in a few words, such as "not permitted"; `nil` for rare ones.
    public var meaning: String? { Self.meanings[rawValue] }

    private static let meanings: [Int32: String] = [
        1: "not permitted", 2: "there is no such thing", 3: "there is no such process",
        4: "a signal interrupted it", 5: "input or output failed",
        6: "there is no such device or address", 7: "too big, too many, or full",
        9: "the descriptor does not fit", 11: "not now, try again", 12: "out of memory",
        13: "access denied", 14: "not an address that can be used", 16: "in use by someone else",
        17: "it exists already", 18: "not within one file system", 19: "there is no such device",
        20: "not a directory", 21: "a directory", 22: "the kernel takes no such argument",
        23: "too many open files in the system", 24: "too many open files in this process",
        25: "not an operation of this file", 27: "too large", 28: "no space left",
        29: "not a file with positions", 30: "a read-only file system", 32: "nobody listens",
        33: "outside of the domain", 34: "out of range", 35: "it would wait for itself",
        36: "the name is too long", 38: "the kernel has no such call", 40: "too many levels",
        42: "no such message", 61: "no data", 62: "the time is up", 71: "a protocol error",
        74: "a bad message", 75: "too large for its type", 84: "not such bytes",
        90: "the message is too long", 93: "the kernel has no such protocol",
        95: "the kernel does not support it here", 97: "the kernel has no such address family",
        98: "the address is in use", 99: "there is no such address", 100: "the network is down",
        101: "the network cannot be reached", 105: "no buffer space left", 110: "timed out",
        111: "the connection was refused", 114: "it is under way already", 116: "it is gone",
        125: "cancelled", 126: "a key is missing", 129: "the key was refused",
        524: "the kernel does not support it here",
    ]
}
