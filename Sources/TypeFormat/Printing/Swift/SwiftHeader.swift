extension BTF {
    /// A type and all that it holds by value as Swift declarations whose values have the same bytes.
    ///
    /// They need the declarations at the head of ``swiftHeader(of:)``. Enumerations are structs of
    /// their numbers, addresses are typed numbers of 64 bits, members of anonymous structs and
    /// unions are members of what holds them, bit-fields are accessors, and flexible array members
    /// are left out. What is only pointed to is an empty type.
    ///
    /// - Throws: ``BTFError`` if the type has no size or refers to what does not exist.
    public func swiftDeclaration(of id: TypeID) throws(BTFError) -> String {
        var printer = SwiftPrinter(self)
        try printer.write(id)
        return printer.text
    }

    /// A Swift source with the declarations of types, and what these share.
    ///
    /// - Parameter ids: the types; `nil` for all structs, unions and enumerations with a name that
    ///   are stored here.
    /// - Throws: ``BTFError`` if a type has no size or refers to what does not exist.
    public func swiftHeader(of ids: [TypeID]? = nil) throws(BTFError) -> String {
        var printer = SwiftPrinter(self)
        for id in ids ?? namedTypes { try printer.write(id) }
        return SwiftPrelude.text + "\n" + printer.text
    }

    private var namedTypes: [TypeID] {
        ownTypeIDs.filter {
            switch kind(of: $0) {
            case .structure, .union, .enumeration, .enumeration64: !nameBytes(of: $0).isEmpty
            default: false
            }
        }
    }
}
