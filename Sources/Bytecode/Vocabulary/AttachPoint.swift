extension SectionName {
    /// How a loader attaches a program when it knows no more than the section's name.
    ///
    /// Definitions without a method need something that no name can say: an interface, a control
    /// group, a socket.
    public enum AttachMethod: Hashable, Sendable {
        /// A kprobe at one kernel function, or at its return.
        case kernelProbe
        /// Kprobes at all kernel functions that match a pattern, in one link.
        case kernelProbes
        /// A uprobe at one function of a file, or at its return.
        case userProbe
        /// Uprobes at all functions of a file that match a pattern, in one link.
        case userProbes
        /// A kprobe at the kernel's function for a system call.
        case systemCall
        /// A probe at a static tracepoint of an application (USDT).
        case userTracepoint
        /// A tracepoint of the kernel.
        case tracepoint
        /// A raw tracepoint of the kernel.
        case rawTracepoint
        /// The function, hook or tracepoint that the program was loaded for.
        case typedTarget
        /// Functions that match a pattern, in one link (Linux 7.2).
        case typedTargets
        /// An iterator over objects of the kernel.
        case iterator
    }

    /// When a probe runs.
    public enum Moment: Hashable, Sendable {
        /// When the function is entered.
        case entry
        /// When it returns.
        case exit
        /// At both, with shared state (`kprobe.session`).
        case session
    }

    /// The place that a section's name asks for.
    public enum AttachPoint: Hashable, Sendable {
        /// `kprobe/tcp_connect+8`
        case kernelFunction(name: String, offset: UInt64, Moment)
        /// `kprobe.multi/tcp_*`
        case kernelFunctions(pattern: String, Moment)
        /// `uprobe//usr/lib/libc.so.6:malloc+4`
        case userFunction(path: String, name: String, offset: UInt64, Moment)
        /// `uprobe.multi//usr/bin/swift:main*`
        case userFunctions(path: String, pattern: String, Moment)
        /// `ksyscall/openat`
        case systemCall(name: String, Moment)
        /// `usdt//usr/lib/libc.so.6:libc:setjmp`
        case userTracepoint(path: String, provider: String, name: String)
        /// `tracepoint/sched/sched_switch`
        case tracepoint(category: String, name: String)
        /// `raw_tp/sched_switch`
        case rawTracepoint(name: String)
        /// `fentry/tcp_connect`, `lsm/file_open`, `freplace/entry`, `tp_btf/sched_switch`
        case typedTarget(name: String)
        /// `fentry.multi/tcp_*`
        case typedTargets(pattern: String)
        /// `iter/task`
        case iterator(name: String)
    }

    /// Why a target says no place.
    public struct MalformedTarget: Error, Hashable, Sendable, CustomStringConvertible {
        /// The section's name.
        public let section: String
        /// The form that a name of this definition has.
        public let expected: String
        /// One line: what is there and what was expected.
        public var description: String { "section \(section): expected \(expected)" }
    }

    /// Where a loader attaches this program by itself; nothing if the user must say.
    public func attachPoint() throws(MalformedTarget) -> AttachPoint? {
        guard let method = definition.method, let target else { return nil }
        switch method {
        case .kernelProbe: return try kernelFunction(target)
        case .kernelProbes: return try kernelFunctions(target)
        case .userProbe: return try userFunction(target)
        case .userProbes: return try userFunctions(target)
        case .systemCall: return .systemCall(name: try word(target, "SYSTEM_CALL"), moment)
        case .userTracepoint: return try userTracepoint(target)
        case .tracepoint: return try tracepoint(target)
        case .rawTracepoint: return .rawTracepoint(name: try word(target, "TRACEPOINT"))
        case .typedTarget: return .typedTarget(name: try word(target, "NAME"))
        case .typedTargets: return .typedTargets(pattern: try word(target, "PATTERN"))
        case .iterator: return .iterator(name: try word(target, "ITERATOR"))
        }
    }

    private var moment: Moment {
        if definition.name.contains(".session") { return .session }
        let returns = definition.name.hasPrefix("kret") || definition.name.hasPrefix("uret")
        return returns ? .exit : .entry
    }

    private func malformed(_ form: String) -> MalformedTarget {
        MalformedTarget(section: text, expected: definition.name + "/" + form)
    }

    private func word(_ target: String, _ form: String) throws(MalformedTarget) -> String {
        guard !target.isEmpty else { throw malformed(form) }
        return target
    }

    private func kernelFunction(_ target: String) throws(MalformedTarget) -> AttachPoint {
        let form = "FUNCTION[+OFFSET]"
        let (name, offset) = Self.splitOffset(target)
        guard let offset, !name.isEmpty, name.utf8.allSatisfy(Self.isInSymbol) else {
            throw malformed(form)
        }
        guard moment == .entry || offset == 0 else { throw malformed("FUNCTION") }
        return .kernelFunction(name: name, offset: offset, moment)
    }

    private func kernelFunctions(_ target: String) throws(MalformedTarget) -> AttachPoint {
        let isInPattern = {
            Self.isInSymbol($0) || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?")
        }
        guard !target.isEmpty, target.utf8.allSatisfy(isInPattern) else {
            throw malformed("PATTERN")
        }
        return .kernelFunctions(pattern: target, moment)
    }

    private func userFunction(_ target: String) throws(MalformedTarget) -> AttachPoint {
        let form = "PATH:FUNCTION" + (moment == .entry ? "[+OFFSET]" : "")
        guard let (path, function) = Self.split(target, at: ":") else { throw malformed(form) }
        var (name, offset) = Self.splitOffset(function)
        if offset == nil { (name, offset) = (function, 0) }
        guard let offset, !path.isEmpty, !name.isEmpty, moment == .entry || offset == 0 else {
            throw malformed(form)
        }
        return .userFunction(path: path, name: name, offset: offset, moment)
    }

    private func userFunctions(_ target: String) throws(MalformedTarget) -> AttachPoint {
        guard let (path, pattern) = Self.split(target, at: ":"), !path.isEmpty, !pattern.isEmpty
        else { throw malformed("PATH:PATTERN") }
        return .userFunctions(path: path, pattern: pattern, moment)
    }

    private func userTracepoint(_ target: String) throws(MalformedTarget) -> AttachPoint {
        let parts = target.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts.contains("") else { throw malformed("PATH:PROVIDER:NAME") }
        return .userTracepoint(path: parts[0], provider: parts[1], name: parts[2])
    }

    private func tracepoint(_ target: String) throws(MalformedTarget) -> AttachPoint {
        guard let (category, name) = Self.split(target, at: "/"), !category.isEmpty, !name.isEmpty
        else { throw malformed("CATEGORY/NAME") }
        return .tracepoint(category: category, name: name)
    }

    private static func split(_ text: String, at separator: Character) -> (String, String)? {
        guard let index = text.firstIndex(of: separator) else { return nil }
        return (String(text[..<index]), String(text[text.index(after: index)...]))
    }

    /// Splits `name+offset`; no offset is 0, and one that is not a number is nothing.
    private static func splitOffset(_ text: String) -> (name: String, offset: UInt64?) {
        guard let plus = text.lastIndex(of: "+") else { return (text, 0) }
        let digits = text[text.index(after: plus)...]
        let number =
            digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
        return (String(text[..<plus]), number)
    }

    private static func isInSymbol(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
