extension BTFType {
    /// The same type with other numbers in place of the types it refers to.
    ///
    /// - Parameter body: the new number for each old one; it is asked in the order in which the
    ///   type is stored, and for `void`, too.
    public func mappingReferences(_ body: (TypeID) -> TypeID) -> BTFType {
        switch self {
        case .void, .integer, .enumeration, .forward, .float: return self
        case .pointer(let target): return .pointer(body(target))
        case .volatile(let target): return .volatile(body(target))
        case .constant(let target): return .constant(body(target))
        case .restrict(let target): return .restrict(body(target))
        case .alias(let name, let target): return .alias(name: name, body(target))
        case .typeTag(let name, let target, let isAttribute):
            return .typeTag(name: name, body(target), isAttribute: isAttribute)
        case .function(let name, let prototype, let linkage):
            return .function(name: name, prototype: body(prototype), linkage)
        case .variable(let name, let type, let linkage):
            return .variable(name: name, body(type), linkage)
        case .array(var array):
            array.element = body(array.element)
            array.index = body(array.index)
            return .array(array)
        case .structure(let type): return .structure(type.mappingReferences(body))
        case .union(let type): return .union(type.mappingReferences(body))
        case .functionPrototype(var type):
            type.result = body(type.result)
            for index in type.parameters.indices {
                type.parameters[index].type = body(type.parameters[index].type)
            }
            return .functionPrototype(type)
        case .dataSection(var section):
            for index in section.variables.indices {
                section.variables[index].type = body(section.variables[index].type)
            }
            return .dataSection(section)
        case .declarationTag(var tag):
            tag.target = body(tag.target)
            return .declarationTag(tag)
        }
    }
}

extension CompositeType {
    fileprivate func mappingReferences(_ body: (TypeID) -> TypeID) -> CompositeType {
        var copy = self
        for index in copy.members.indices { copy.members[index].type = body(members[index].type) }
        return copy
    }
}
