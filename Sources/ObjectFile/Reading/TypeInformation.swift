import EBPFTypeFormat

/// The object's type information, and the variables of its sections.
///
/// Compilers leave sizes and offsets of sections to the linker: here they are filled in, from the
/// symbols, so that kernels take the bytes and values can be shown.
struct TypeInformation {
    /// The types.
    let types: BTF

    /// Reads section `.BTF`; `nil` if there is none.
    init?(_ elf: ELFFile) throws(ObjectFileError) {
        guard let section = elf.section(named: ".BTF"), section.size > 0 else { return nil }
        var bytes = elf.contents(section)
        do {
            // The walk over the bytes relies on the checks made here.
            let unfixed = try BTF(bytes)
            let configuration = try ConfigurationLayout(unfixed)
            TypeFixer(elf, configuration).fix(&bytes)
            types = try BTF(bytes)
        } catch {
            throw ObjectFileError(.section(".BTF"), .types(error))
        }
    }

    /// A variable of a section, or a function in `.ksyms`.
    struct Variable {
        let id: TypeID
        let name: String
        /// The type of the variable itself; of functions, the prototype.
        let type: TypeID
        let offset: Int
        let size: Int
        let isFunction: Bool
        let isStatic: Bool
        let isExternal: Bool
    }

    /// A section as the types describe it.
    struct Section {
        let id: TypeID
        let variables: [Variable]
    }

    /// The section with a name, or `nil` if no variable with a type is in it.
    func section(named name: String) throws(ObjectFileError) -> Section? {
        guard let id = types.first(named: name, kind: .dataSection) else { return nil }
        do {
            guard case .dataSection(let section) = try types.type(id) else { return nil }
            var variables: [Variable] = []
            for entry in section.variables {
                variables.append(try variable(entry))
            }
            return Section(id: id, variables: variables)
        } catch {
            throw ObjectFileError(.section(".BTF"), .types(error))
        }
    }

    private func variable(_ entry: DataSectionType.Variable) throws(BTFError) -> Variable {
        let isFunction: Bool
        let isStatic: Bool
        let isExternal: Bool
        let name: String
        let type: TypeID
        switch try types.type(entry.type) {
        case .variable(let found, let of, let linkage):
            (name, type, isFunction) = (found, of, false)
            (isStatic, isExternal) = (linkage == .static, linkage == .external)
        case .function(let found, let prototype, let linkage):
            (name, type, isFunction) = (found, prototype, true)
            (isStatic, isExternal) = (linkage == .static, linkage == .external)
        case let other:
            let found = other.kind.map { "\($0)" } ?? "void"
            throw BTFError(.type(entry.type), .wrongKind(expected: "VAR", found: found))
        }
        return Variable(
            id: entry.type,
            name: name,
            type: type,
            offset: entry.offset,
            size: entry.size,
            isFunction: isFunction,
            isStatic: isStatic,
            isExternal: isExternal
        )
    }
}

extension TypeInformation {
    /// Checks that variables lie within a section one after the other, so that whoever copies
    /// each of them copies no more than the section.
    static func check(_ variables: [Variable], fit size: Int) throws(ObjectFileError) {
        var previous = 0
        for variable in variables {
            let place = ObjectFileError.Place.variable(variable.name)
            guard variable.offset >= previous else {
                throw ObjectFileError(place, .overlappingVariables(offset: variable.offset))
            }
            previous = variable.offset + variable.size
            guard previous <= size else {
                throw ObjectFileError(
                    place,
                    .outsideSection(offset: UInt64(previous), size: size)
                )
            }
        }
    }

    /// The type behind typedefs and qualifiers.
    func resolved(
        _ id: TypeID,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> BTFType {
        do { return try types.resolvedType(id) } catch {
            throw ObjectFileError(place, .types(error))
        }
    }

    /// The size of a type in bytes.
    func size(of id: TypeID, _ place: ObjectFileError.Place) throws(ObjectFileError) -> Int {
        do { return try types.size(of: id) } catch {
            throw ObjectFileError(place, .types(error))
        }
    }
}
