/// What the machine that Swift compiled for has and BPF has not.
struct PlainMachine: IRRewrite {
    /// Symbols of helpers that take closures: `@__ebpf_helper_181` is `bpf_loop`.
    private static let helperPrefix: StaticString = "@__ebpf_helper_"

    func apply(to module: inout IRModule) throws(IntermediateError) {
        for index in module.attributes.indices {
            module.attributes[index] = Self.withoutTarget(module.attributes[index])
        }
        for function in module.functions.indices {
            module.functions[function].body = module.functions[function].body.compactMap(Self.plain)
        }
    }

    /// Attributes without the features of another processor.
    private static func withoutTarget(_ line: String) -> String {
        var line = line
        for key in ["\"target-features\"=\"", "\"target-cpu\"=\""] {
            guard let start = line.firstRange(of: key) else { continue }
            let rest = line[start.upperBound...]
            guard let end = rest.firstIndex(of: "\"") else { continue }
            line.removeSubrange(start.lowerBound...end)
        }
        return line
    }

    private static func plain(_ line: String) -> String? {
        // Values of variables in DWARF keep dead code alive, and no loader reads them.
        if line.range(of: "#dbg_") != nil { return nil }
        if line.range(of: "@__ebpf_opaque(") != nil {
            return copy(line, "call ptr @__ebpf_opaque(", "call nonnull ptr asm")
        }
        if line.range(of: "@__ebpf_unknown(") != nil {
            return copy(line, "call i64 @__ebpf_unknown(", "call i64 asm")
        }
        if line.range(of: " atomic ") != nil { return relaxed(line) }
        if let symbol = line.range(of: helperPrefix) { return numbered(line, symbol) }
        return line
    }

    /// A helper is called by its number. A closure is two arguments already: its code, and the
    /// address of what it captured.
    private static func numbered(_ line: String, _ symbol: Range<String.Index>) -> String {
        let number = line[symbol.upperBound...].prefix { $0.isNumber }
        return line[..<symbol.lowerBound] + "inttoptr (i64 \(number) to ptr)"
            + line[number.endIndex...]
    }

    /// A packet's bounds must be compared as written: the optimiser may not reason about them. It
    /// may know that nothing else comes of it, so that the packet and its context need not be read
    /// again, and that a packet is somewhere.
    private static func copy(_ line: String, _ call: String, _ assembly: String) -> String {
        guard let call = line.firstRange(of: call),
            let close = line[call.upperBound...].firstIndex(of: ")")
        else { return line }
        let argument = line[call.upperBound..<close]
        return line[..<call.lowerBound] + "\(assembly) \"\", \"=r,0\"(" + argument + ")" + effects
            + line[line.index(after: close)...]
    }

    /// What is said of assembly that only copies a register.
    static let effects = " nounwind memory(none)"

    /// Relaxed loads and stores are plain accesses on every machine that runs BPF.
    private static func relaxed(_ line: String) -> String {
        guard let order = line.range(of: " monotonic, "),
            let atomic = line.range(of: " atomic "),
            line[..<atomic.lowerBound].hasSuffix("load")
                || line[..<atomic.lowerBound].hasSuffix("store")
        else { return line }
        let middle = line[atomic.upperBound..<order.lowerBound]
        let operand = middle.hasPrefix("volatile ") ? middle.dropFirst(9) : middle
        return line[..<atomic.lowerBound] + " volatile " + operand + ", "
            + line[order.upperBound...]
    }
}
