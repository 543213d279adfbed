import EBPFBytecode
public import EBPFObjectFile
public import EBPFTypeFormat

/// A program's code with names: of its functions, from its types, and of its lines of source.
public struct ProgramSource: Sendable {
    /// The code.
    public let code: ProgramCode
    /// The program's types; `nil` if it came without.
    public let types: BTF?
    /// The names of ``ProgramCode/functions``; the program's own where there are no types.
    public let functionNames: [String]

    /// Reads a program's code and the types that name its parts.
    ///
    /// - Throws: ``KernelError``. Types that cannot be read count as absent.
    public init(_ program: KernelProgram) throws(KernelError) {
        let details = try program.details()
        code = try program.code()
        let known = details.typesID == 0 ? nil : program.types(details.typesID)
        types = known
        functionNames = code.functions.enumerated().map { index, function in
            let name = function.type.flatMap { type in try? known?.name(of: type) } ?? ""
            guard name.isEmpty else { return name }
            return index == 0 ? details.name : "subprogram_\(index)"
        }
    }

    /// The lines of source with their texts.
    public var lines: [LineInfo] {
        guard let types else { return [] }
        return code.lines.map { line in
            LineInfo(
                slot: line.slot, file: (try? types.string(at: line.file)) ?? "", line: line.line,
                column: line.column, text: (try? types.string(at: line.text)) ?? "")
        }
    }
}

extension KernelProgram {
    /// The program's whole name: the kernel keeps 15 bytes, its types have the rest.
    ///
    /// - Throws: ``KernelError``.
    public func fullName() throws(KernelError) -> String {
        // Shorter names are whole, so that only long ones cost reading types.
        guard name.utf8.count == 15 else { return name }
        let source = try ProgramSource(self)
        guard let first = source.functionNames.first, first.hasPrefix(name) else { return name }
        return first
    }

    fileprivate func types(_ id: UInt32) -> BTF? {
        guard let object = try? TypesObject(id: id, system: system) else { return nil }
        return try? object.types()
    }
}
