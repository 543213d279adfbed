import EBPFBytecode

/// What the running kernel was built with (`.config`).
struct KernelConfiguration {
    /// The value of an option.
    enum Value: Hashable {
        /// `y`, `m` or `n`.
        case choice(UInt8)
        /// A decimal or hexadecimal number.
        case number(Int128)
        /// A text, without its quotation marks.
        case text(String)
    }

    /// The file it was read from.
    let path: String
    /// The options that are set, as they stand in the file.
    private let values: [Substring: Substring]

    /// Reads the first of the usual files that there is.
    ///
    /// - Throws: ``KernelError`` if there is none.
    init(system: SystemCalls) throws(KernelError) {
        let release = (try? system.text(of: "/proc/sys/kernel/osrelease")) ?? ""
        let paths = [
            "/boot/config-\(release)", "/usr/lib/modules/\(release)/config",
            "/lib/modules/\(release)/config", "/proc/config.gz",
        ]
        for path in paths {
            guard let bytes = try? system.contents(of: path) else { continue }
            self.path = path
            values = Self.values(try Self.text(bytes, path))
            return
        }
        throw KernelError(
            "reading the kernel's configuration", .noEntry,
            reason: "there is neither \(paths[0]) nor \(paths[3])",
            remedy: "modprobe configs, or set the variables before loading")
    }

    private static func text(_ bytes: [UInt8], _ path: String) throws(KernelError) -> String {
        guard path.hasSuffix(".gz") else { return String(decoding: bytes, as: UTF8.self) }
        do throws(Inflation.Failure) {
            return String(decoding: try Inflation.gunzip(bytes), as: UTF8.self)
        } catch {
            throw KernelError(
                "reading \(path)", .invalidArgument, reason: "it is not what gzip makes: \(error)")
        }
    }

    private static func values(_ text: String) -> [Substring: Substring] {
        var values: [Substring: Substring] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("CONFIG_") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            values[line[..<equals]] = line[line.index(after: equals)...]
        }
        return values
    }

    /// The names of all options that are set.
    var names: [String] { values.keys.map(String.init).sorted() }

    /// The value of an option; `nil` if it is not set, as those that are off.
    subscript(name: String) -> Value? { values[Substring(name)].map(Self.value) }

    private static func value(_ text: Substring) -> Value {
        if let only = text.utf8.first, text.utf8.count == 1, "ymn".utf8.contains(only) {
            return .choice(only)
        }
        if text.hasPrefix("\"") {
            return .text(String(text.dropFirst().prefix { $0 != "\"" }))
        }
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.dropFirst() : text
        let isHexadecimal = digits.lowercased().hasPrefix("0x")
        let number =
            isHexadecimal ? Int128(digits.dropFirst(2), radix: 16) : Int128(digits, radix: 10)
        return number.map { .number(isNegative ? -$0 : $0) } ?? .text(String(text))
    }
}

extension KernelConfiguration.Value: CustomStringConvertible {
    /// As it stands in the file.
    var description: String {
        switch self {
        case .choice(let letter): String(UnicodeScalar(letter))
        case .number(let number): "\(number)"
        case .text(let text): "\"\(text)\""
        }
    }
}
