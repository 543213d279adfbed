import EBPFTypeFormat

extension BTF {
    /// A type as C names it: `struct flow`, `__u32`, `char[16]`, `void *`.
    func displayName(of id: TypeID) -> String {
        displayName(of: id, depth: 16) ?? "type \(id)"
    }

    private func displayName(of id: TypeID, depth: Int) -> String? {
        guard depth > 0, id != .void else { return id == .void ? "void" : nil }
        guard let type = try? self.type(id) else { return nil }
        func name(_ target: TypeID) -> String? { displayName(of: target, depth: depth - 1) }
        return switch type {
        case .structure(let composite): tagged("struct", composite.name)
        case .union(let composite): tagged("union", composite.name)
        case .enumeration(let enumeration): tagged("enum", enumeration.name)
        case .pointer(let target): name(target).map { $0 + " *" }
        case .array(let array): name(array.element).map { "\($0)[\(array.count)]" }
        case .constant(let target): name(target).map { "const " + $0 }
        case .volatile(let target): name(target)
        case .restrict(let target): name(target)
        default: type.name.isEmpty ? nil : type.name
        }
    }

    private func tagged(_ keyword: String, _ name: String) -> String {
        name.isEmpty ? "\(keyword) {…}" : "\(keyword) \(name)"
    }
}
