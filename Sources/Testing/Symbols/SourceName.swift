import CLinux

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The name that a symbol of Swift has in the source.
struct SourceName {
    /// `firewall` of `$s15FirewallProgram8firewallyAA…`.
    let text: String

    /// The last name of a function or variable; `nil` for what is neither.
    init?(_ mangled: String) {
        guard mangled.hasPrefix("$s"), let whole = Self.demangled(mangled) else { return nil }
        // "Module.function(Module.Type) -> …", "Module.variable : …", "Module.(hidden in _7A…)…"
        var name = whole[...]
        if let colon = name.firstRange(of: " : ") { name = name[..<colon.lowerBound] }
        if let hidden = name.firstRange(of: ".("), let end = name.firstRange(of: " in _") {
            name = name[hidden.upperBound..<end.lowerBound]
        } else {
            name = name.prefix { $0 != "(" }
            if let point = name.lastIndex(of: ".") { name = name[name.index(after: point)...] }
        }
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else { return nil }
        text = String(name)
    }

    private static func demangled(_ mangled: String) -> String? {
        unsafe mangled.withCString { start in
            guard let result = unsafe swift_demangle(start, mangled.utf8.count, nil, nil, 0)
            else { return nil }
            defer { unsafe free(result) }
            return unsafe String(cString: result)
        }
    }
}
