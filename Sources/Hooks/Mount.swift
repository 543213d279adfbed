import EBPFBytecode
import EBPFKernel

/// A mounted file system, as `/proc/mounts` lists it.
struct Mount {
    /// Where it is mounted.
    let path: String
    /// The kind: `cgroup2`, `tracefs`.
    let kind: String

    /// A line of the list; blanks in paths are written as three octal digits (`\040`).
    init?(line: some Collection<UInt8>) {
        let words = line.split(separator: UInt8(ascii: " "))
        guard words.count > 2 else { return nil }
        path = Self.unescaped(words[1])
        kind = String(decoding: words[2], as: UTF8.self)
    }

    private static func unescaped(_ word: some Collection<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = Array(word)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                result.append(code)
                rest = rest.dropFirst(3)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension SystemCalls {
    /// The file systems that this process sees mounted.
    func mounts() throws(KernelErrno) -> [Mount] {
        try contents(of: "/proc/self/mounts").split(separator: UInt8(ascii: "\n"))
            .compactMap(Mount.init(line:))
    }
}
