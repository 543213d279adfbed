/// The few questions about mangled names that debug information leaves open.
///
/// Everything else has a name of its own there. The form is described in the Swift project's
/// `docs/ABI/Mangling.rst`.
enum MangledName {
    /// The last identifier: of `$es6UInt32VD` it is `UInt32`, of `$e3BPF7HashMapVys…GD` `HashMap`.
    static func lastName(_ mangled: String) -> String? {
        if let known = substitutions[mangled] { return known }
        var rest = body(mangled)
        if rest.hasPrefix("s") { rest = rest.dropFirst() }
        var name: Substring?
        while let length = Int(rest.prefix { $0.isNumber }), length > 0 {
            rest = rest.drop { $0.isNumber }
            name = rest.prefix(length)
            rest = rest.dropFirst(length)
        }
        return name.map(String.init)
    }

    /// The name of a type of the module `Swift` that is nothing else: of `$es6UInt32VD` it is
    /// `UInt32`; optionals, tuples and generic types of it have none.
    static func standardType(_ mangled: String) -> String? {
        if let known = substitutions[mangled] { return known }
        let text = body(mangled)
        guard text.hasPrefix("s"), let name = lastName(mangled),
            text == "s\(name.utf8.count)\(name)VD"
        else { return nil }
        return name
    }

    /// Whether it is a tuple with elements: `$es6UInt64V_ABtD`.
    static func isTuple(_ mangled: String) -> Bool {
        mangled.hasSuffix("tD") && !mangled.hasSuffix("XMtD") && body(mangled) != "ytD"
    }

    /// Whether a symbol is one that Swift's compiler made up, and not a C name.
    static func isMangled(_ symbol: String) -> Bool {
        symbol.hasPrefix("$e") || symbol.hasPrefix("$s")
    }

    /// Whether the name begins in the module `Swift`.
    static func isOfStandardLibrary(_ mangled: String) -> Bool {
        substitutions[mangled] != nil || body(mangled).hasPrefix("s")
    }

    /// The value of an integer argument: `$e$15_D` is 16, `$e$_D` is 0.
    static func integer(_ mangled: String) -> Int? {
        let text = body(mangled)
        guard text.hasPrefix("$") else { return nil }
        let digits = text.dropFirst().prefix { $0 != "_" }
        return digits.isEmpty ? 0 : Int(digits).map { $0 + 1 }
    }

    private static func body(_ mangled: String) -> Substring {
        mangled.hasPrefix("$e") || mangled.hasPrefix("$s") ? mangled.dropFirst(2) : mangled[...]
    }

    /// The types of the standard library that have a letter of their own.
    private static let substitutions = [
        "$eSiD": "Int", "$eSuD": "UInt", "$eSbD": "Bool", "$sSiD": "Int", "$sSuD": "UInt",
        "$sSbD": "Bool",
    ]
}
