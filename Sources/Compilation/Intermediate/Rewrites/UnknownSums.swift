/// Sums that closures add to, of which the verifier does not know how large they are.
///
/// `loop(n) { … sum += 1 … }` is looked at until a turn brings nothing new. A sum whose overflow is
/// checked is a greater number in each turn, which is always new, and in the end the verifier gives
/// up. Of what is stored in halves it knows nothing, and that is the same in all turns.
///
/// Only captured variables are stored so: nobody else reads them at the same time.
struct UnknownSums: IRRewrite {
    func apply(to module: inout IRModule) throws(IntermediateError) {
        let closures = Self.closures(module)
        guard !closures.isEmpty else { return }
        for index in module.functions.indices where closures.contains(module.functions[index].name)
        {
            module.functions[index].body = Self.rewritten(module.functions[index])
        }
    }

    /// What partial applications (`TA`) call: the bodies of closures that capture something.
    private static func closures(_ module: IRModule) -> Set<String> {
        var closures: Set<String> = []
        for function in module.functions where ClosureContexts.isPartialApplication(function) {
            for line in function.body where line.range(of: " call ") != nil {
                if let callee = IRText.firstSymbol(line[...]) { closures.insert(String(callee)) }
            }
        }
        return closures
    }

    private static func rewritten(_ function: IRFunction) -> [String] {
        var variables = variables(function.header)
        var (checked, sums): (Set<Substring>, Set<Substring>) = ([], [])
        return function.body.flatMap { line -> [String] in
            if let store = Store(line), sums.contains(store.value),
                variables.contains(store.pointer)
            {
                return store.halves
            }
            guard let mark = line.range(of: " = ") else { return [line] }
            let result = line[..<mark.lowerBound].drop { $0 == " " }
            let rest = line[mark.upperBound...]
            if rest.range(of: ".with.overflow.i") != nil {
                checked.insert(result)
            } else if rest.hasPrefix("extractvalue "), let name = operand(rest, behind: "} "),
                checked.contains(name), rest[name.endIndex...].hasPrefix(", 0")
            {
                sums.insert(result)
            } else if rest.hasPrefix("getelementptr "), let name = operand(rest, behind: ", ptr "),
                variables.contains(name)
            {
                variables.insert(result)
            }
            return [line]
        }
    }

    /// The parameters that are variables of somebody else: `ptr … dereferenceable(8) %1`.
    private static func variables(_ header: String) -> Set<Substring> {
        var (variables, rest): (Set<Substring>, Substring) = ([], header[...])
        while let mark = rest.range(of: "dereferenceable(") {
            rest = rest[mark.upperBound...]
            guard let name = operand(rest, behind: ") ") else { break }
            variables.insert(name)
        }
        return variables
    }

    /// The name behind the first place where a text is found.
    private static func operand(_ text: Substring, behind mark: StaticString) -> Substring? {
        guard let range = text.range(of: mark), text[range.upperBound...].first == "%" else {
            return nil
        }
        let start = range.upperBound
        let end = text[start...].dropFirst().utf8.firstIndex { !IRText.isPartOfName($0) }
        return text[start..<(end ?? text.endIndex)]
    }

    /// `store i64 %7, ptr %p, align 8, !dbg !3`
    private struct Store {
        let value: Substring
        let pointer: Substring
        private let width: Int
        private let end: Substring

        init?(_ line: String) {
            guard let mark = line.range(of: "store i"),
                let width = Int(line[mark.upperBound...].prefix { $0.isNumber }),
                [16, 32, 64].contains(width),
                let value = operand(line[mark.upperBound...], behind: " "),
                let pointer = operand(line[value.endIndex...], behind: ", ptr ")
            else { return nil }
            (self.value, self.pointer, self.width) = (value, pointer, width)
            end = line.range(of: ", !dbg ").map { line[$0.lowerBound...] } ?? ""
        }

        /// The lower half, then the upper one.
        var halves: [String] {
            let (type, half) = ("i\(width)", "i\(width / 2)")
            let (bytes, name) = (width / 16, "\(value.dropFirst()).\(pointer.dropFirst())")
            return [
                "%low.\(name) = trunc \(type) \(value) to \(half)",
                "%shifted.\(name) = lshr \(type) \(value), \(width / 2)",
                "%high.\(name) = trunc \(type) %shifted.\(name) to \(half)",
                "store volatile \(half) %low.\(name), ptr \(pointer), align \(bytes)\(end)",
                "%behind.\(name) = getelementptr i8, ptr \(pointer), i64 \(bytes)",
                "store volatile \(half) %high.\(name), ptr %behind.\(name), align \(bytes)\(end)",
            ].map { "  " + $0 }
        }
    }
}
