import EBPFObjectFile
import EBPFTypeFormat

/// Maps and variables, laid out in the sections of the object.
struct DataSections {
    /// Where a variable of clang's object has gone.
    enum Home {
        case map(String)
        case data(section: String, offset: Int)
    }

    /// What kind of variable it is.
    struct Role {
        let isConstant: Bool
        let isZero: Bool

        /// The section of such variables.
        var section: String { isConstant ? ".rodata" : isZero ? ".bss" : ".data" }
    }

    /// A map with the type of its variable.
    struct Map {
        let declaration: MapDeclaration
        let type: TypeID
        let offset: Int
    }

    /// A variable in a section.
    struct Variable {
        let name: String
        let type: TypeID
        let offset: Int
        let size: Int
        /// What else is to be known about it.
        var note: String?
    }

    /// A section of variables.
    struct Section {
        var bytes: [UInt8] = []
        var variables: [Variable] = []
    }

    private(set) var maps: [Map] = []
    private(set) var sections: [String: Section] = [:]
    /// Where addresses of programs lie in the section of structs of functions.
    private(set) var programs: [Int: RawObject.Place] = [:]
    private var homes: [RawObject.Place: Home] = [:]
    private var anonymous: [Int: Int] = [:]

    /// The names of the sections that are there, in a fixed order.
    var sectionNames: [String] {
        [".data", ".bss", ".rodata", FailedCheck.section, OperationsDeclaration.section]
            .filter { sections[$0] != nil }
    }

    mutating func add(
        _ map: MapDeclaration, _ arguments: [Int], at section: Int, _ offset: Int,
        _ types: inout SwiftTypes
    ) {
        let place = RawObject.Place(section: section, offset: offset)
        guard homes[place] == nil else { return }
        homes[place] = .map(map.name)
        let type = map.type(&types, arguments: arguments)
        maps.append(
            Map(declaration: map, type: type, offset: maps.count * MapDeclaration.byteCount))
        if map.eventArgument > 0, Int(map.eventArgument) <= arguments.count {
            // The kernel wants no value type on a ring buffer; readers find it by its name.
            _ = types.type(arguments[Int(map.eventArgument) - 1])
        }
    }

    mutating func add(
        _ name: String, _ type: TypeID, _ bytes: [UInt8], _ role: Role, at section: Int,
        _ offset: Int
    ) {
        let place = RawObject.Place(section: section, offset: offset)
        guard homes[place] == nil else { return }
        let start = append(bytes, to: role.section)
        sections[role.section]?.variables.append(
            Variable(name: name, type: type, offset: start, size: bytes.count))
        homes[place] = .data(section: role.section, offset: start)
    }

    /// Adds a section of constants that have no names.
    mutating func add(anonymous section: Int, _ bytes: [UInt8]) {
        guard anonymous[section] == nil else { return }
        anonymous[section] = append(bytes, to: ".rodata")
    }

    /// Adds a variable for each check that counts how often it fails.
    mutating func add(_ counters: TrapCounters, _ types: inout SwiftTypes) {
        guard !counters.checks.isEmpty else { return }
        let word = types.add(.integer(IntegerType(name: "unsigned long long", size: 8)))
        var section = Section(bytes: [UInt8](repeating: 0, count: 8 * counters.checks.count))
        var used: [String: Int] = [:]
        for (index, site) in counters.checks.enumerated() {
            let count = used[site.variableName, default: 0] + 1
            used[site.variableName] = count
            section.variables.append(
                Variable(
                    name: count == 1 ? site.variableName : "\(site.variableName)_\(count)",
                    type: word, offset: 8 * index, size: 8, note: site.note))
        }
        sections[FailedCheck.section] = section
    }

    /// Adds a struct of functions that the kernel calls.
    mutating func add(_ operations: OperationsDeclaration, _ types: inout SwiftTypes) {
        let bytes = operations.contents
        let start = append(bytes, to: OperationsDeclaration.section)
        for (index, function) in operations.functions.enumerated() {
            programs[start + operations.offset(index)] = function.program
        }
        sections[OperationsDeclaration.section]?.variables.append(
            Variable(
                name: operations.name, type: operations.type(&types), offset: start,
                size: bytes.count))
    }

    private mutating func append(_ bytes: [UInt8], to name: String) -> Int {
        var section = sections[name] ?? Section()
        while section.bytes.count % 8 != 0 { section.bytes.append(0) }
        let start = section.bytes.count
        section.bytes += bytes
        sections[name] = section
        return start
    }

    /// Where a place of clang's object has gone.
    func home(_ section: Int, at offset: Int, variable: Int?) -> Home? {
        if let start = anonymous[section] {
            return .data(section: ".rodata", offset: start + offset)
        }
        guard let variable,
            let home = homes[RawObject.Place(section: section, offset: variable)]
        else { return nil }
        guard case .data(let name, let start) = home else { return home }
        return .data(section: name, offset: start + offset - variable)
    }

    /// Adds the types of all variables and sections.
    mutating func finish(_ types: inout SwiftTypes) {
        if !maps.isEmpty {
            let variables = maps.map { map in
                let id = types.builder.add(
                    .variable(name: map.declaration.name, map.type, .global))
                return DataSectionType.Variable(
                    id, offset: map.offset, size: MapDeclaration.byteCount)
            }
            add(".maps", maps.count * MapDeclaration.byteCount, variables, &types)
        }
        for name in sectionNames {
            guard let section = sections[name], !section.variables.isEmpty else { continue }
            let variables = section.variables.map { variable in
                let id = types.builder.add(.variable(name: variable.name, variable.type, .global))
                if let note = variable.note {
                    _ = types.builder.add(.declarationTag(DeclarationTag(name: note, target: id)))
                }
                return DataSectionType.Variable(id, offset: variable.offset, size: variable.size)
            }
            add(name, section.bytes.count, variables, &types)
        }
    }

    private func add(
        _ name: String, _ size: Int, _ variables: [DataSectionType.Variable],
        _ types: inout SwiftTypes
    ) {
        _ = types.builder.add(
            .dataSection(DataSectionType(name: name, size: size, variables: variables)))
    }
}
