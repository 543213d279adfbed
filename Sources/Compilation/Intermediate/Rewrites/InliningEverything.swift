/// Everything is inlined, except what says `@inline(never)`.
///
/// A call in BPF takes at most five arguments and returns one register; inlined, a function may be
/// whatever Swift allows.
struct InliningEverything: IRRewrite {
    func apply(to module: inout IRModule) throws(IntermediateError) {
        let never = Self.groups(withNoInline: module.attributes)
        for index in module.functions.indices {
            let header = module.functions[index].header
            guard header.hasPrefix("define internal "),
                let mark = header.range(of: ") #")
            else { continue }
            let group = header[mark.upperBound...].prefix { $0.isNumber }
            guard !never.contains(String(group)) else { continue }
            let place = header.index(after: mark.lowerBound)
            module.functions[index].header =
                header[..<place] + " alwaysinline" + header[place...]
        }
    }

    private static func groups(withNoInline attributes: [String]) -> Set<String> {
        Set(
            attributes.compactMap { line in
                guard line.range(of: " noinline ") != nil || line.range(of: " optnone ") != nil,
                    let mark = line.firstIndex(of: "#")
                else { return nil }
                return String(line[line.index(after: mark)...].prefix { $0.isNumber })
            })
    }
}
