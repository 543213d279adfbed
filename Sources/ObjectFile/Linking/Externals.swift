import EBPFTypeFormat

/// What the object uses and the kernel defines: its configuration, functions and variables.
struct Externals {
    /// Where in `.kconfig` a variable lies, by name.
    private(set) var configuration: [String: Int32] = [:]
    private var symbols: [String: (type: TypeID, isFunction: Bool)] = [:]
    private let hasTypes: Bool

    init(_ information: TypeInformation?) throws(ObjectFileError) {
        hasTypes = information != nil
        for variable in try information?.section(named: ConfigurationLayout.sectionName)?.variables
            ?? []
        {
            configuration[variable.name] = Int32(clamping: variable.offset)
        }
        for symbol in try information?.section(named: ".ksyms")?.variables ?? [] {
            // A variable of type void is a bare address: `extern const void x __ksym`.
            symbols[symbol.name] =
                symbol.isFunction
                ? (symbol.id, true) : (try Self.type(of: symbol, information), false)
        }
        if let information { addUndeclared(information.types) }
    }

    private static func type(
        of variable: TypeInformation.Variable,
        _ information: TypeInformation?
    ) throws(ObjectFileError) -> TypeID {
        let place = ObjectFileError.Place.variable(variable.name)
        guard let information else { return .void }
        if case .void = try information.resolved(variable.type, place) { return .void }
        return variable.type
    }

    /// Functions that are declared, but not in `.ksyms`, as compilers insert them (`__bpf_trap`).
    private mutating func addUndeclared(_ types: BTF) {
        for name in ["__bpf_trap", "bpf_throw"] where symbols[name] == nil {
            guard let id = types.first(named: name, kind: .function) else { continue }
            symbols[name] = (id, true)
        }
    }

    /// What an undefined symbol is; if nobody declared it, a function where it is called and else
    /// a variable.
    func target(
        of symbol: ELFSymbol,
        isCall: Bool,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> ProgramReference.Target {
        let name = symbol.name
        let isWeak = symbol.binding == .weak
        if !isCall, let offset = configuration[name] {
            return .mapValue(ConfigurationLayout.sectionName, offset: offset)
        }
        let known = symbols[name]
        guard known != nil || isWeak || !hasTypes, !name.isEmpty
        else { throw ObjectFileError(place, .undefinedSymbol(name)) }
        let type = known.flatMap { $0.type == .void ? nil : $0.type }
        return known?.isFunction ?? isCall
            ? .kernelFunction(name, type: type, isWeak: isWeak)
            : .kernelVariable(name, type: type, isWeak: isWeak)
    }
}
