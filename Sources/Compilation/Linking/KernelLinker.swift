import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Turns clang's output for a Swift program into an ordinary BPF object.
///
/// Clang leaves mangled names, globals that nobody has initialised, maps that are structs, and no
/// types that a loader would know. This puts all in order: what libbpf, cilium/ebpf, bpftool and
/// this package expect of any object.
struct KernelLinker {
    /// The licence that the object declares.
    let license: String
    /// What becomes of failed checks.
    private let traps: SwiftCompilerOptions.Traps
    private let metadata: IRMetadata
    private let sources: UserSources
    private var places: IRPlaces
    private var prototypes: KernelPrototypes
    private let object: RawObject
    private let names: SourceNames
    private let data: Initialization
    private(set) var types: SwiftTypes
    private var functions: [LinkedFunction] = []
    private var dataSections = DataSections()
    /// The maps and variables that were used, in the words of the source.
    private(set) var declarations: [KernelDeclaration] = []
    /// What works, but not well.
    private(set) var warnings: [LinkFailure] = []

    /// What the author should know of the functions of the kernel that are called.
    var prototypeWarnings: [CompilerDiagnostic] { prototypes.warnings }

    /// Reads the object and runs its initialisers.
    ///
    /// - Parameter kernel: the types of the kernel that the program is for, if they are at hand.
    init(
        _ bytes: [UInt8], metadata: IRMetadata, sources: UserSources, license: String,
        traps: SwiftCompilerOptions.Traps, kernel: BTF? = nil
    ) throws {
        self.license = license
        self.traps = traps
        self.metadata = metadata
        self.sources = sources
        prototypes = KernelPrototypes(kernel)
        places = IRPlaces(metadata, sources: Set(sources.paths))
        object = try RawObject(bytes)
        names = SourceNames(metadata)
        types = SwiftTypes(metadata)
        var data = Initialization(object)
        do { try data.run() } catch { throw error.failure(object, names) }
        self.data = data
    }

    /// The object.
    mutating func link() throws -> [UInt8] {
        try HeaderViews(metadata, sources: Set(sources.paths)).check(types)
        try collect()
        try CallGraph(functions).check()
        for function in functions {
            try EndlessLoops.check(function)
            try MapDeclaration.checkThatNoneIsLocal(function)
        }
        try endTraps()
        try placeData()
        try placeOperations()
        dataSections.finish(&types)
        var writer = LinkedObjectWriter(
            functions: functions, data: dataSections, types: types, license: license,
            prototypes: prototypes)
        return try writer.bytes(object)
    }

    private mutating func endTraps() throws(LinkFailure) {
        var counters = traps == .count ? TrapCounters() : nil
        if traps != .keep { try followCalls() }
        for index in functions.indices {
            guard traps != .keep else {
                functions[index].keepTraps()
                continue
            }
            let verdict = TrapVerdict.value(functions[index])
            let lost = try functions[index].endTraps(returning: verdict, counters: &counters)
            warnings += lost.map { line in
                LinkFailure(
                    "if a check fails here, the program ends while it holds something, which the "
                        + "kernel refuses", at: line,
                    remedy: "check before a record is reserved or a lock is taken, or use &+ for +")
            }
        }
        if let counters { dataSections.add(counters, &types) }
    }

    /// Lets programs end where a check has failed in a function that they call.
    private mutating func followCalls() throws(LinkFailure) {
        let failed = FailedCalls(functions)
        for function in functions
        where failed.shared.contains(function.place) && !function.traps.isEmpty {
            warnings.append(
                LinkFailure(
                    "if a check fails here, only the loop ends: this function is called directly, too",
                    at: function.line(0),
                    remedy: "leave out @inline(never), or call it from a closure: loop(n) { f($0) }"
                ))
        }
        for index in functions.indices {
            try failed.returnNumber(from: &functions[index])
            try failed.follow(in: &functions[index])
        }
    }

    // MARK: Functions

    /// Programs, and what they call or point to.
    private mutating func collect() throws(LinkFailure) {
        var work = object.functions.values.filter(\.isProgram)
            .sorted { ($0.section, $0.offset) < ($1.section, $1.offset) }
        guard !work.isEmpty else {
            // What is not marked as used is left out before it gets here.
            let place = sources.place(of: ["@section("])
            throw LinkFailure(
                place == nil
                    ? "there is no program in this source"
                    : "there is no program in this source: this is not marked @used, or not a function "
                        + "of the whole file", at: place,
                remedy: "mark one with @section(\"xdp\") @used, or another kind of program")
        }
        var seen: Set<RawObject.Place> = []
        var used: [String: Int] = [:]
        var calledBack: [RawObject.Place: LinkedFunction.Callback] = [:]
        while !work.isEmpty {
            let raw = work.removeFirst()
            let place = Self.place(raw)
            guard seen.insert(place).inserted else { continue }
            var function = LinkedFunction(name: unique(names.function(raw.symbol), &used), raw: raw)
            function.isVoid = names.isVoid(raw.symbol)
            try resolveCalls(&function)
            work += function.calls.values.compactMap { callee in
                guard case .function(let place) = callee else { return nil }
                return object.functions[place]
            }
            let callbacks = callbacks(of: raw)
            if !callbacks.isEmpty {
                work += callbacks.sorted { $0.key < $1.key }.map(\.value)
                let finder = LoopCallFinder(function, callbacks: callbacks.mapValues(Self.place))
                function.loops = finder.loops
                for place in callbacks.values.map(Self.place) where calledBack[place] == nil {
                    calledBack[place] = .timer
                }
                for loop in finder.loops.values {
                    for body in loop.bodies { calledBack[body] = .loop(register: loop.register) }
                }
            }
            functions.append(function)
        }
        for index in functions.indices {
            functions[index].callback = calledBack[functions[index].place]
        }
    }

    private func unique(_ name: String, _ used: inout [String: Int]) -> String {
        let count = used[name, default: 0] + 1
        used[name] = count
        return count == 1 ? name : "\(name)_\(count)"
    }

    private mutating func resolveCalls(_ function: inout LinkedFunction) throws(LinkFailure) {
        for (slot, instruction) in function.raw.instructions.enumerated()
        where instruction.opcode == 0x85 {
            if let reference = function.raw.references[slot] {
                let site = FailedCheck(
                    symbol: reference.symbol.name, metadata, &places, fallback: function.line(slot))
                guard site == nil else {
                    function.traps[slot] = site
                    continue
                }
                let callee = try callee(reference, instruction, function, slot)
                if case .kernel(let name) = callee {
                    try prototypes.check(name, at: function.line(slot))
                }
                function.calls[slot] = callee
            } else if instruction.source == 1 {
                let offset = function.raw.offset + 8 * (slot + 1 + Int(instruction.immediate))
                function.calls[slot] = .function(
                    RawObject.Place(section: function.raw.section, offset: offset))
            } else {
                function.calls[slot] = .helper(UInt32(bitPattern: instruction.immediate))
            }
        }
    }

    private func callee(
        _ reference: RawFunction.Reference, _ instruction: EncodedInstruction,
        _ function: LinkedFunction, _ slot: Int
    ) throws(LinkFailure) -> LinkedFunction.Callee {
        let symbol = reference.symbol
        if case .section(let section) = symbol.place {
            let offset =
                symbol.kind == .section
                ? 8 * (Int(instruction.immediate) + 1) : Int(clamping: symbol.value)
            return .function(RawObject.Place(section: section, offset: offset))
        }
        if let refusal = RuntimeRefusal(symbol.name, at: function.line(slot), sources) {
            throw refusal.failure
        }
        guard !MangledName.isMangled(symbol.name) else {
            throw LinkFailure(
                "the function that is called here has no source in this program",
                at: function.line(slot), remedy: "compile its module together with the program")
        }
        return .kernel(symbol.name)
    }

    /// Functions whose address is taken, by slots: callbacks.
    private func callbacks(of function: RawFunction) -> [Int: RawFunction] {
        var callbacks: [Int: RawFunction] = [:]
        for slot in function.references.keys { callbacks[slot] = callback(function, slot) }
        return callbacks
    }

    /// The function whose address is taken at a slot.
    private func callback(_ function: RawFunction, _ slot: Int) -> RawFunction? {
        guard let reference = function.references[slot], reference.kind == .constant64,
            case .section(let section) = reference.symbol.place,
            object.elf.sections[section].flags.contains(.executable)
        else { return nil }
        return object.function(section, at: target(function, slot, reference))
    }

    private static func place(_ function: RawFunction) -> RawObject.Place {
        RawObject.Place(section: function.section, offset: function.offset)
    }

    private func target(
        _ function: RawFunction, _ slot: Int, _ reference: RawFunction.Reference
    ) -> Int {
        let base = reference.symbol.kind == .section ? 0 : Int(clamping: reference.symbol.value)
        return base + Int(function.instructions[slot].immediate)
    }

    // MARK: Data

    /// Puts what the functions use into maps and sections of data.
    private mutating func placeData() throws(LinkFailure) {
        for function in functions {
            for (slot, reference) in function.raw.references.sorted(by: { $0.key < $1.key })
            where reference.kind == .constant64 {
                guard case .section(let section) = reference.symbol.place,
                    !object.elf.sections[section].flags.contains(.executable)
                else { continue }
                let offset = target(function.raw, slot, reference)
                try place(section, offset, function.line(slot))
            }
        }
    }

    /// Puts the structs of functions that the kernel calls into a section of their own.
    private mutating func placeOperations() throws(LinkFailure) {
        var declarations: [OperationsDeclaration] = []
        for symbol in object.elf.symbols where symbol.kind == .object {
            guard case .section(let section) = symbol.place else { continue }
            let global = names.global(symbol.name)
            guard let node = global.type, types.name(node) == OperationsDeclaration.typeName,
                let type = types.arguments(node).first
            else { continue }
            let contents = data.contents(of: section).dropFirst(Int(clamping: symbol.value))
            declarations.append(
                OperationsDeclaration(
                    name: Identifier.text(global.name), type: type,
                    bytes: Array(contents.prefix(Int(clamping: symbol.size))), place: global.place))
        }
        try declarations.take(functions)
        for declaration in declarations { dataSections.add(declaration, &types) }
    }

    private mutating func place(
        _ section: Int, _ offset: Int, _ line: LineInfo?
    ) throws(LinkFailure) {
        let contents = data.contents(of: section)
        guard let variable = object.variable(section, at: offset) else {
            // Constants without a name: the section is taken as it is.
            dataSections.add(anonymous: section, contents)
            return
        }
        let start = Int(clamping: variable.value)
        let bytes = contents[start..<min(start + Int(clamping: variable.size), contents.count)]
        let global = names.global(variable.name)
        let name = Identifier.text(global.name)
        if let map = MapDeclaration(name: name, bytes) {
            let arguments = global.type.map { types.arguments($0) } ?? []
            dataSections.add(map, arguments, at: section, start, &types)
            declare(name, .map, global.type)
            warn(map, arguments, at: global.place)
            return
        }
        let typeName = global.type.flatMap { types.name($0) }
        let role = DataSections.Role(
            isConstant: typeName == "Config"
                || !object.elf.sections[section].flags.contains(.writable),
            isZero: object.elf.sections[section].kind == .zeros && bytes.allSatisfy { $0 == 0 })
        let arguments = global.type.map { types.arguments($0) } ?? []
        let isBox = typeName == "Config" || typeName == "Global"
        let node = isBox ? arguments.first ?? global.type : global.type
        let type = node.map { types.type($0, size: bytes.count) } ?? types.bytes(bytes.count)
        dataSections.add(name, type, Array(bytes), role, at: section, start)
        if isBox { declare(name, typeName == "Config" ? .configuration : .variable, node) }
    }

    /// Warns of keys and events with bytes that nobody sets.
    private mutating func warn(_ map: MapDeclaration, _ arguments: [Int], at place: LineInfo?) {
        let (key, event) = (Int(map.keyArgument), Int(map.eventArgument))
        var found: [LinkFailure] = []
        if key > 0, key <= arguments.count, let padding = types.padding(arguments[key - 1]) {
            found.append(padding.warning(key: map.name, at: place))
        }
        if event > 0, event <= arguments.count, let padding = types.padding(arguments[event - 1]) {
            found.append(padding.warning(event: map.name, at: place))
        }
        for warning in found where !warnings.contains(where: { $0.message == warning.message }) {
            warnings.append(warning)
        }
    }

    private mutating func declare(_ name: String, _ role: KernelDeclaration.Role, _ type: Int?) {
        guard let type, !declarations.contains(where: { $0.name == name }),
            let text = types.swiftName(type)
        else { return }
        declarations.append(KernelDeclaration(name: name, role: role, type: text))
    }
}
