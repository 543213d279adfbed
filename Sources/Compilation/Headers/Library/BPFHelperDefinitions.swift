import EBPFBytecode

extension HeaderFile {
    /// The helpers as functions whose address is their number, made from `Helper.all`.
    static let bpfHelperDefinitions = HeaderFile("bpf/bpf_helper_defs.h", definitions)

    private static var definitions: String {
        var text = """
            #ifndef __BPF_HELPER_DEFS__
            #define __BPF_HELPER_DEFS__

            /* vmlinux.h, ours or a generated one, brings the basic types itself. */
            #ifndef __VMLINUX_H__
            #include <linux/types.h>
            #endif


            """
        let structures = Set(Helper.all.flatMap(\.structures)).sorted()
        for name in structures { text += "struct \(name);\n" }
        text += "\n"
        for helper in Helper.all { text += helper.definition + "\n" }
        return text + "\n#endif\n"
    }
}

extension Helper {
    /// A constant pointer to a function at the address that is the helper's number.
    fileprivate var definition: String {
        var declarations = parameters.map(\.declaration)
        if effects.contains(.isVariadic) { declarations.append("...") }
        let list = declarations.isEmpty ? "void" : declarations.joined(separator: ", ")
        return "static \(resultType) (*const bpf_\(name))(\(list)) = (void *)\(id.rawValue);"
    }

    /// The structures that the prototype mentions, which may be declared later or never.
    fileprivate var structures: [String] {
        ([resultType] + parameters.map(\.declaration)).compactMap { declaration in
            let words = declaration.split(whereSeparator: { $0 == " " || $0 == "*" })
            guard let keyword = words.firstIndex(of: "struct"), keyword + 1 < words.count else {
                return nil
            }
            return String(words[keyword + 1])
        }
    }
}
