import EBPFBytecode

extension StructureLayout {
    /// The structure as C declares it; its layout follows from the rules of C.
    var declaration: String {
        "struct \(name) {\n" + fields.map { $0.declaration(indentation: "    ") }.joined() + "};\n"
    }
}

extension StructureLayout.Field {
    fileprivate func declaration(indentation: String) -> String {
        let dimension = count.map { "[\($0)]" } ?? ""
        switch type {
        case .named(let type): return "\(indentation)\(type) \(name)\(dimension);\n"
        case .alignedPointer(let type):
            return "\(indentation)__bpf_md_ptr(\(type), \(name));\n"
        case .structure(let members): return block("struct", members, indentation)
        case .union(let members): return block("union", members, indentation)
        }
    }

    private func block(_ keyword: String, _ members: [Self], _ indentation: String) -> String {
        let inner = members.map { $0.declaration(indentation: indentation + "    ") }.joined()
        return
            "\(indentation)\(keyword) {\n\(inner)\(indentation)}\(name.isEmpty ? "" : " ")\(name);\n"
    }
}
