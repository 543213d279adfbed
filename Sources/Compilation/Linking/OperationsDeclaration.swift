import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// A struct of functions that the kernel calls, as the program declares it: the values that it has,
/// and behind them an address for each function that is a program.
///
/// Loaders put everything where the kernel's struct has members of the same names.
struct OperationsDeclaration {
    /// The section of such variables, which are registered by a link (Linux 6.4).
    static let section = ".struct_ops.link"
    /// The name of the type in the module `EBPFProgram`.
    static let typeName = "StructOperations"

    let name: String
    /// The node of the struct's type in the debug information.
    let type: Int
    /// The values.
    let bytes: [UInt8]
    /// Where it is declared.
    let place: LineInfo?
    /// The functions by their names in the kernel's struct, in the order of the source.
    private(set) var functions: [(member: String, program: RawObject.Place)] = []

    init(name: String, type: Int, bytes: [UInt8], place: LineInfo?) {
        (self.name, self.type, self.bytes, self.place) = (name, type, bytes, place)
    }

    /// Where the address of a function lies.
    func offset(_ index: Int) -> Int { (bytes.count + 7) / 8 * 8 + 8 * index }

    /// All bytes; those of addresses are put in by loaders.
    var contents: [UInt8] {
        bytes + [UInt8](repeating: 0, count: offset(functions.count) - bytes.count)
    }

    /// The type of the variable: the kernel's name, the members that are used.
    func type(_ types: inout SwiftTypes) -> TypeID {
        var members = types.structMembers(type, size: bytes.count)
        let prototype = types.add(
            .functionPrototype(PrototypeType(result: .void, parameters: [])))
        let function = types.add(.pointer(prototype))
        for (index, entry) in functions.enumerated() {
            members.append(.init(entry.member, function, bitOffset: 8 * offset(index)))
        }
        return types.builder.add(
            .structure(
                CompositeType(
                    name: types.name(type) ?? "", size: contents.count, members: members)))
    }
}

extension [OperationsDeclaration] {
    /// Gives each program of section `struct_ops/MEMBER` or `struct_ops/VARIABLE.MEMBER` to the
    /// struct that it belongs to.
    mutating func take(_ functions: [LinkedFunction]) throws(LinkFailure) {
        for function in functions where function.isProgram {
            let parts = function.section.split(separator: "/", maxSplits: 1)
            guard ["struct_ops", "struct_ops.s"].contains(parts.first) else { continue }
            try take(function, parts.count > 1 ? String(parts[1]) : "")
        }
        if let empty = first(where: \.functions.isEmpty) {
            throw LinkFailure(
                "no program is a function of \(empty.name)", at: empty.place,
                remedy: "mark one with @section(\"struct_ops/\(empty.name).FUNCTION\") @used")
        }
    }

    private mutating func take(
        _ function: LinkedFunction, _ target: String
    ) throws(LinkFailure) {
        let words = target.split(separator: ".", maxSplits: 1).map(String.init)
        guard let member = words.last else {
            throw LinkFailure(
                "the section does not say which function of a kernel's struct this is",
                at: function.line(0), remedy: "for instance: @section(\"struct_ops/ssthresh\")")
        }
        guard !isEmpty else {
            throw LinkFailure(
                "no struct of the kernel's is declared that has this function",
                at: function.line(0),
                remedy: "declare it with its name in the kernel and its values: struct "
                    + "tcp_congestion_ops { var name: FixedString<16> }; @used let mine = "
                    + "StructOperations(tcp_congestion_ops(name: \"mine\"))")
        }
        let name = words.count > 1 ? words[0] : nil
        guard
            let index = name.map({ name in firstIndex { $0.name == name } })
                ?? (count == 1 ? 0 : nil)
        else {
            let names = map(\.name)
            let guess = name.flatMap { Spelling.closest(to: $0, among: names) }
            throw LinkFailure(
                name.map { "there is no StructOperations \($0)" }
                    ?? "the section does not say which struct has this function",
                at: function.line(0),
                remedy: guess.map { "did you mean \"struct_ops/\($0).\(member)\"?" }
                    ?? "write @section(\"struct_ops/\(names[0]).\(member)\"): there are "
                    + names.joined(separator: ", "))
        }
        try self[index].add(member, function)
    }
}

extension OperationsDeclaration {
    fileprivate mutating func add(
        _ member: String, _ function: LinkedFunction
    ) throws(LinkFailure) {
        guard !functions.contains(where: { $0.member == member }) else {
            throw LinkFailure(
                "\(name) has a function \(member) already", at: function.line(0),
                remedy: "a function of a struct is one program")
        }
        functions.append((member, function.place))
    }
}
