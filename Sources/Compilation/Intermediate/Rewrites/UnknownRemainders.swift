/// Remainders of which the optimiser does not know how large they are.
///
/// `table[hash % 6]` needs a check of the index that every verifier sees. LLVM knows that a remainder
/// is less than 6 and takes the check out; Linux knows nothing of remainders (to 6.18) and refuses the
/// access. Powers of two are masks, which both know.
struct UnknownRemainders: IRRewrite {
    /// Larger numbers are no indices.
    private static let greatestDivisor = 65536

    func apply(to module: inout IRModule) throws(IntermediateError) {
        for index in module.functions.indices {
            module.functions[index].body = module.functions[index].body.flatMap(Self.replaced)
        }
    }

    private static func replaced(_ line: String) -> [String] {
        for name in ["urem", "srem", "udiv"] {
            guard let mark = line.firstRange(of: " = \(name) i") else { continue }
            let rest = line[mark.upperBound...]
            let digits = rest.prefix { $0.isNumber }
            guard let width = Int(digits), let comma = rest.firstIndex(of: ","),
                let divisor = Int(
                    rest[comma...].dropFirst(2).prefix { $0.isNumber || $0 == "-" }),
                mayBeIndex(name, divisor, width)
            else { return [line] }
            let indentation = line.prefix { $0 == " " }
            let result = line[indentation.endIndex..<mark.lowerBound]
            let known = "%known.\(result.dropFirst())"
            return ["\(indentation)\(known)\(line[mark.lowerBound...])"]
                + forgetting(known, as: String(result), width: width).map { indentation + $0 }
        }
        return [line]
    }

    private static func mayBeIndex(_ name: String, _ divisor: Int, _ width: Int) -> Bool {
        guard divisor > 0, divisor <= greatestDivisor, divisor & (divisor - 1) != 0 else {
            return false
        }
        // Quotients of narrow numbers are small.
        return name != "udiv" || width <= 16
    }

    /// Copies a number, so that nobody knows where it came from. Code takes 32 or 64 bits.
    static func forgetting(_ value: String, as result: String, width: Int) -> [String] {
        let type = "i\(width)"
        guard width < 32 else {
            return [
                "\(result) = call \(type) asm \"\", \"=r,0\"(\(type) \(value))\(PlainMachine.effects)"
            ]
        }
        let (wide, copy) = ("%wide.\(result.dropFirst())", "%copy.\(result.dropFirst())")
        return [
            "\(wide) = zext \(type) \(value) to i32",
            "\(copy) = call i32 asm \"\", \"=r,0\"(i32 \(wide))\(PlainMachine.effects)",
            "\(result) = trunc i32 \(copy) to \(type)",
        ]
    }
}
