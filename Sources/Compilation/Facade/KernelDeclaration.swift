/// A map or variable of a kernel program, as its Swift source declares it.
public struct KernelDeclaration: Hashable, Sendable {
    /// What it is to an application.
    public enum Role: Hashable, Sendable {
        /// A map that both sides use.
        case map
        /// A value that is set before the program is loaded (`Config`).
        case configuration
        /// A variable that both sides use (`Global`).
        case variable
    }

    /// The name of the global.
    public var name: String
    /// What it is.
    public var role: Role
    /// Its type in Swift, without modules: `HashMap<UInt16, UInt64>`; of a variable, that of its
    /// value.
    public var type: String
}

extension KernelDeclaration {
    /// The type of `EBPF` that an application opens it as. A trie is looked up by whole keys there:
    /// some data and how many of its bits count.
    var applicationType: String {
        let prefix = "LPMTrie<"
        guard type.hasPrefix(prefix) else { return type }
        var depth = 0
        for index in type.indices.dropFirst(prefix.count) {
            switch type[index] {
            case "<", "(", "[": depth += 1
            case ">", ")", "]": depth -= 1
            case "," where depth == 0:
                let data = type[type.index(type.startIndex, offsetBy: prefix.count)..<index]
                return data.hasPrefix("LPMKey<")
                    ? type : "\(prefix)LPMKey<\(data)>\(type[index...])"
            default: break
            }
        }
        return type
    }
}
