/// Arithmetic that reports overflow, in instructions that every BPF has.
///
/// The back end turns LLVM's own checked multiplication into a call of a library that does not
/// exist, and has no signed division before version 4.
struct CheckedArithmetic: IRRewrite {
    /// Whether the processor divides signed numbers itself.
    let hasSignedDivision: Bool

    func apply(to module: inout IRModule) throws(IntermediateError) {
        var needed: Set<Operation> = []
        for index in module.functions.indices {
            module.functions[index].body = try module.functions[index].body.map {
                line throws(IntermediateError) in
                try replace(line, &needed)
            }
        }
        module.declarations.removeAll { $0.name.contains(".with.overflow.") }
        module.functions += needed.sorted { $0.name < $1.name }.map(\.function)
    }

    private func replace(
        _ line: String, _ needed: inout Set<Operation>
    ) throws(IntermediateError) -> String {
        if let mark = line.range(of: ".with.overflow.i"),
            let symbol = line.range(of: "@llvm.")
        {
            let name = String(line[symbol.upperBound..<mark.lowerBound])
            let digits = line[mark.upperBound...].prefix { $0.isNumber }
            guard let operation = Operation.overflow(name, width: Int(digits) ?? 0)
            else { throw IntermediateError(.unknownShape("checked arithmetic"), line) }
            needed.insert(operation)
            return line[..<symbol.lowerBound] + operation.name + line[digits.endIndex...]
        }
        guard !hasSignedDivision else { return line }
        return try replaceDivision(line, &needed)
    }

    /// `%1 = sdiv exact i64 %2, %3` as a call.
    private func replaceDivision(
        _ line: String, _ needed: inout Set<Operation>
    ) throws(IntermediateError) -> String {
        for name in ["sdiv", "srem"] {
            guard let mark = line.firstRange(of: " = \(name) ") else { continue }
            var rest = line[mark.upperBound...]
            if rest.hasPrefix("exact ") { rest = rest.dropFirst(6) }
            let type = rest.prefix { $0 != " " }
            let operands = rest[type.endIndex...].split(separator: ",", maxSplits: 2)
            guard type.hasPrefix("i"), let width = Int(type.dropFirst()), operands.count >= 2
            else { throw IntermediateError(.unknownShape("division"), line) }
            let operation = Operation.division(name, width: width)
            needed.insert(operation)
            let tail = operands.count > 2 ? ",\(operands[2])" : ""
            return line[..<mark.lowerBound] + " = call \(type) \(operation.name)(\(type)"
                + "\(operands[0]), \(type)\(operands[1]))\(tail)"
        }
        return line
    }
}

extension CheckedArithmetic {
    /// An operation that gets a function of its own.
    struct Operation: Hashable {
        let name: String
        let result: String
        let width: Int
        let body: [String]

        var function: IRFunction {
            let header =
                "define internal \(result) \(name)(i\(width) %a, i\(width) %b) "
                + "alwaysinline nounwind {"
            return IRFunction(name: name, header: header, body: body.map { "  " + $0 })
        }

        /// Addition, subtraction or multiplication with a bit that says whether it overflowed.
        static func overflow(_ name: String, width: Int) -> Operation? {
            let type = "i\(width)"
            let steps: [String]? =
                switch name {
                case "uadd": ["%r = add \(type) %a, %b", "%o = icmp ult \(type) %r, %a"]
                case "usub": ["%r = sub \(type) %a, %b", "%o = icmp ult \(type) %a, %b"]
                case "sadd": signs("add", type, "%b", from: "%r")
                case "ssub": signs("sub", type, "%b", from: "%a")
                case "umul", "smul":
                    switch width {
                    case ...32: product(name, width)
                    case 64: name == "umul" ? wide(type) : wideSigned(type)
                    default: nil
                    }
                default: nil
                }
            guard let steps else { return nil }
            return Operation(
                name: "@__ebpf_\(name)_overflow_\(type)", result: "{ \(type), i1 }", width: width,
                body: steps + [
                    "%p = insertvalue { \(type), i1 } undef, \(type) %r, 0",
                    "%q = insertvalue { \(type), i1 } %p, i1 %o, 1",
                    "ret { \(type), i1 } %q",
                ])
        }

        /// The sign of a sum is wrong if it differs from that of both operands; of a difference,
        /// if the operands' signs differ and the result's is not the first one's.
        private static func signs(
            _ operation: String, _ type: String, _ right: String, from first: String
        ) -> [String] {
            let pairs =
                operation == "add"
                ? ["%x = xor \(type) %r, %a", "%y = xor \(type) %r, \(right)"]
                : ["%x = xor \(type) \(first), \(right)", "%y = xor \(type) %r, \(first)"]
            return ["%r = \(operation) \(type) %a, \(right)"] + pairs + [
                "%z = and \(type) %x, %y", "%o = icmp slt \(type) %z, 0",
            ]
        }

        /// Narrow numbers are multiplied in 64 bits, where nothing is lost.
        private static func product(_ name: String, _ width: Int) -> [String] {
            let (type, extend) = ("i\(width)", name == "umul" ? "zext" : "sext")
            return [
                "%x = \(extend) \(type) %a to i64", "%y = \(extend) \(type) %b to i64",
                "%m = mul i64 %x, %y", "%r = trunc i64 %m to \(type)",
                "%e = \(extend) \(type) %r to i64", "%o = icmp ne i64 %e, %m",
            ]
        }

        /// A product of 64 bits from halves: bits are lost if both upper halves have some, or if the
        /// middle of the product does not fit.
        ///
        /// A division that undoes the product would be shorter, but LLVM recognises it and makes the
        /// checked multiplication of it that has no instruction.
        private static func lostBits(_ a: String, _ b: String, _ type: String) -> [String] {
            [
                "%ah = lshr \(type) \(a), 32", "%bh = lshr \(type) \(b), 32",
                "%al = and \(type) \(a), \(UInt32.max)", "%bl = and \(type) \(b), \(UInt32.max)",
                "%c1 = mul \(type) %ah, %bl", "%c2 = mul \(type) %bh, %al",
                "%cross = or \(type) %c1, %c2", "%low = mul \(type) %al, %bl",
                "%carry = lshr \(type) %low, 32", "%middle = add \(type) %cross, %carry",
                "%w1 = icmp ugt \(type) %middle, \(UInt32.max)", "%an = icmp ne \(type) %ah, 0",
                "%bn = icmp ne \(type) %bh, 0", "%w2 = and i1 %an, %bn",
                "%w = or i1 %w1, %w2",
            ]
        }

        private static func wide(_ type: String) -> [String] {
            lostBits("%a", "%b", type) + ["%r = mul \(type) %a, %b", "%o = or i1 %w, false"]
        }

        /// As ``wide(_:)``, on magnitudes, with the limits of signed numbers.
        private static func wideSigned(_ type: String) -> [String] {
            magnitudes(type) + lostBits("%ua", "%ub", type) + [
                "%r = mul \(type) %a, %b", "%m = mul \(type) %ua, %ub", "%sg = xor i1 %sa, %sb",
                "%lim = select i1 %sg, \(type) \(Int64.min), \(type) \(Int64.max)",
                "%big = icmp ugt \(type) %m, %lim", "%o = or i1 %w, %big",
            ]
        }

        private static func magnitudes(_ type: String) -> [String] {
            [
                "%na = sub \(type) 0, %a", "%sa = icmp slt \(type) %a, 0",
                "%ua = select i1 %sa, \(type) %na, \(type) %a", "%nb = sub \(type) 0, %b",
                "%sb = icmp slt \(type) %b, 0", "%ub = select i1 %sb, \(type) %nb, \(type) %b",
            ]
        }

        /// Signed division and remainder on magnitudes: a quotient is negative if one operand is, a
        /// remainder if the first is.
        static func division(_ name: String, width: Int) -> Operation {
            let (type, operation) = ("i\(width)", name == "sdiv" ? "udiv" : "urem")
            let sign = name == "sdiv" ? ["%sg = xor i1 %sa, %sb"] : ["%sg = and i1 %sa, true"]
            return Operation(
                name: "@__ebpf_\(name)_\(type)", result: type, width: width,
                body: magnitudes(type) + [
                    "%\(name == "sdiv" ? "q" : "known") = \(operation) \(type) %ua, %ub"
                ]
                    + (name == "sdiv"
                        ? [] : UnknownRemainders.forgetting("%known", as: "%q", width: width))
                    + ["%nq = sub \(type) 0, %q"] + sign + [
                        "%r = select i1 %sg, \(type) %nq, \(type) %q", "ret \(type) %r",
                    ])
        }
    }
}
