import EBPFObjectFile

extension Advice {
    /// The advice in the terms of a language.
    ///
    /// - Parameters:
    ///   - isSwift: whether the program is written in Swift; else in C.
    ///   - line: the line of the fault.
    ///   - leave: what a program in C returns when it does not care: "XDP_PASS".
    func text(inSwift isSwift: Bool, at line: LineInfo?, leaving leave: String) -> String {
        let place = line.flatMap { $0.line > 0 ? " before line \($0.line)" : nil } ?? " before"
        switch self {
        case .null(let null): return isSwift ? null.swiftText : null.cText(leave)
        case .index(let index): return isSwift ? index.swiftText(place) : index.cText(place, leave)
        case .packet(let packet): return isSwift ? packet.swiftText : packet.cText(leave)
        case .size(let size): return isSwift ? size.swiftText(place) : size.cText(place, leave)
        case .emptySize(let expression):
            let subject = expression.map { "`\($0)`" } ?? "the size"
            let name = expression ?? "size"
            let test =
                isSwift
                ? "`guard \(name) > 0 else { return … }`" : "if (\(name) == 0) return \(leave);"
            return "\(subject) may be 0; leave\(place) then: \(test)"
        case .loop(let loop): return isSwift ? loop.swiftText : loop.cText
        case .held(let held): return isSwift ? held.swiftText : held.cText
        case .check:
            return
                "a check of Swift's may fail here: make sure that it holds, with guard before it, or "
                + "count failed checks when they happen, with --traps count"
        }
    }
}

extension Advice.Null {
    private func reason(_ word: String) -> String {
        let subject = name.map { "`\($0)`" } ?? "the pointer"
        if let test {
            let place = test.line > 0 ? " on line \(test.line)" : ""
            return "\(subject) is \(word) here: the test\(place) found it so, and execution goes on"
        }
        let origin = line.flatMap { $0.line > 0 ? " on line \($0.line)" : nil } ?? ""
        if isLookUp { return "\(subject) is \(word) if the look-up\(origin) finds nothing" }
        if isReservation { return "\(subject) is \(word) if there is no room\(origin)" }
        guard let maker else { return "\(subject) may be \(word) here" }
        return "\(subject) is \(word) if \(maker)\(origin) has nothing to give"
    }

    fileprivate func cText(_ leave: String) -> String {
        let advice = test == nil ? ": test it first" : "; leave there"
        return "\(reason("NULL"))\(advice): if (!\(name ?? "pointer")) return \(leave);"
    }

    fileprivate var swiftText: String {
        let binding = "let \(name ?? "value") = \(expression ?? "…")"
        return "\(reason("nil")): use `guard \(binding) else { return … }`"
    }
}

extension Advice.Index {
    private var subject: String { expression.map { "`\($0)`" } ?? "the index" }
    private var name: String { expression ?? "index" }

    private var reason: String {
        let fits = count == 1 ? "only 0 fits" : "only 0…\(count - 1) fit"
        let reach =
            if let greatest, mayBeNegative {
                "\(subject) may be negative, and can reach \(greatest)"
            } else if let greatest {
                "\(subject) can reach \(greatest)"
            } else if mayBeNegative {
                "\(subject) may be negative"
            } else {
                "nothing limits \(subject)"
            }
        return "\(reach), but \(fits): \(memory)"
    }

    /// The mask that keeps the index inside, if there is one.
    private var mask: UInt64? { count > 1 && count & (count - 1) == 0 ? count - 1 : nil }

    private var masked: String {
        let isSimple = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        return mask.map { " or mask it: \(isSimple ? name : "(\(name))") & \($0)" } ?? ""
    }

    fileprivate func cText(_ place: String, _ leave: String) -> String {
        let test = mayBeNegative ? "\(name) < 0 || \(name) >= \(count)" : "\(name) >= \(count)"
        return "\(reason); test it\(place): if (\(test)) return \(leave);\(masked)"
    }

    fileprivate func swiftText(_ place: String) -> String {
        let test = mayBeNegative ? "0..<\(count) ~= \(name)" : "\(name) < \(count)"
        return "\(reason); test it\(place): `guard \(test) else { return … }`\(masked)"
    }
}

extension Advice.Packet {
    private var reason: String {
        known > 0
            ? "\(known) bytes are known to be there, \(needed) are needed"
            : "a packet may be shorter than \(needed) byte\(needed == 1 ? "" : "s")"
    }

    fileprivate func cText(_ leave: String) -> String {
        "\(reason); test first: if (\(start ?? "data") + \(needed) > \(end ?? "data_end")) "
            + "return \(leave);"
    }

    fileprivate var swiftText: String {
        let packet = start ?? "packet"
        return
            "\(reason); take a header with `\(packet).header(…)`, which is nil then, or test first: "
            + "`guard \(packet).dataStart + \(needed) <= \(packet).dataEnd else { return … }`"
    }
}

extension Advice.Size {
    private var subject: String { expression.map { "`\($0)`" } ?? "the size" }

    private var reason: String {
        mayBeNegative
            ? "\(subject) may be negative" : "the memory has \(limit) byte\(limit == 1 ? "" : "s")"
    }

    fileprivate func cText(_ place: String, _ leave: String) -> String {
        let name = expression ?? "size"
        let test = mayBeNegative ? "\(name) < 0 || \(name) > \(limit)" : "\(name) > \(limit)"
        return "\(reason); limit \(subject)\(place): if (\(test)) return \(leave);"
    }

    fileprivate func swiftText(_ place: String) -> String {
        let name = expression ?? "size"
        let test = mayBeNegative ? "0...\(limit) ~= \(name)" : "\(name) <= \(limit)"
        return "\(reason); limit \(subject)\(place): `guard \(test) else { return … }`"
    }
}

extension Advice.Loop {
    private var reason: String {
        "the loop on line \(line.line) has no end in sight after \(turns) turns"
    }

    fileprivate var cText: String {
        guard let variable, let limit else {
            return
                "\(reason): make its limit small and constant, or use bpf_loop(), whose body is looked "
                + "at once"
        }
        return "\(reason): nothing limits `\(limit)`; give it a constant limit, too: "
            + "`\(variable) < \(limit) && \(variable) < 64`, or use bpf_loop(), whose body is looked at "
            + "once"
    }

    fileprivate var swiftText: String {
        guard variable != nil, let limit else {
            return
                "\(reason): make its limit small and constant, or use loop(_:), whose body is looked "
                + "at once"
        }
        return "\(reason): nothing limits `\(limit)`; give it a constant limit, too: "
            + "`min(\(limit), 64)`, or use loop(_:), whose body is looked at once"
    }
}
