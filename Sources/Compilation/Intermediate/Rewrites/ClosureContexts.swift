/// Checks that what closures have captured lies where `FailedCalls` takes it to lie: behind the header
/// of an object, which is not used on the stack and has room for a mark.
struct ClosureContexts: IRRewrite {
    func apply(to module: inout IRModule) throws(IntermediateError) {
        for function in module.functions {
            guard let parameter = Self.context(of: function) else { continue }
            for line in function.body where Self.mentions(parameter, line) {
                let isKnown = line.range(of: "<{ %swift.refcounted, ") != nil
                guard isKnown else {
                    throw IntermediateError(.unknownShape("what a closure has captured"), line)
                }
            }
        }
    }

    /// Whether a function takes apart what a closure has captured, and calls the closure's body.
    static func isPartialApplication(_ function: IRFunction) -> Bool {
        function.name.hasSuffix("TA\"") || function.name.hasSuffix("TA")
    }

    /// The parameter with what was captured.
    private static func context(of function: IRFunction) -> Substring? {
        guard isPartialApplication(function),
            let mark = function.header.range(of: "swiftself %")
        else { return nil }
        let number = function.header[mark.upperBound...].prefix { $0.isNumber }
        return number.isEmpty ? nil : number
    }

    private static func mentions(_ parameter: Substring, _ line: String) -> Bool {
        guard line.range(of: "#dbg_") == nil else { return false }
        return line.split { !(IRText.isPartOfName($0.asciiValue ?? 0) || $0 == "%") }
            .contains { $0.first == "%" && $0.dropFirst() == parameter }
    }
}
