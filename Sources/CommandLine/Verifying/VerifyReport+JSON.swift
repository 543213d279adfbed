import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat
import EBPFVerification
import OrderedCollections

extension VerifyReport {
    /// The report for scripts.
    var json: JSONValue {
        .object([
            .init("object", .string(object)),
            .init("programs", .array(judgements.map { $0.json(limit: limit) })),
        ])
    }
}

extension VerifyReport.Judgement {
    fileprivate func json(limit: Int) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("section", .string(program.section)),
            .init("name", .string(program.name)),
            .init("type", .string(program.type.name)),
            .init("instructions", .integer(Int128(program.instructions.count))),
            .init("verdict", .string(verdict.name)),
            .init("processed", .integer(Int128(cost.processed))),
            .init("states", .integer(Int128(cost.states))),
            .init("peakStates", .integer(Int128(cost.peakStates))),
            .init("microseconds", .floating(microseconds)),
        ]
        switch verdict {
        case .accepted: break
        case .rejected(let rejection): members.append(.init("rejection", rejection.json))
        case .undecided(let reason): members.append(.init("error", .string(reason)))
        }
        if !cost.slots.isEmpty { members += LineCosts(program, cost, limit: limit).members }
        if let kernel { members.append(.init("kernel", kernel.json)) }
        return .object(members)
    }
}

extension KernelVerdict {
    fileprivate var json: JSONValue {
        var members: [JSONValue.Member] = [.init("verdict", .string(answer.name))]
        if let cost {
            members += [
                .init("processed", .integer(Int128(cost.processed))),
                .init("states", .integer(Int128(cost.states))),
                .init("peakStates", .integer(Int128(cost.peakStates))),
                .init("microseconds", cost.microseconds.map { .integer(Int128($0)) } ?? .null),
            ]
        }
        switch answer {
        case .accepted: break
        case .rejected(let rejection):
            members += [
                .init("errno", rejection.errno.map { .integer(Int128($0)) } ?? .null),
                .init("rejection", rejection.json), .init("log", .string(rejection.log)),
            ]
        case .unavailable(let failure):
            members += [
                .init("errno", failure.errno.map { .integer(Int128($0)) } ?? .null),
                .init("error", .string("\(failure)")),
            ]
        }
        return .object(members)
    }
}

extension LoadFailure {
    /// What the kernel answered, if it was asked.
    fileprivate var errno: Int32? {
        switch self {
        case .map(_, let error), .program(_, let error), .kernelTypes(_, let error):
            error.errno.rawValue
        case .rejected(let rejection): rejection.errno
        default: nil
        }
    }
}

extension Rejection {
    fileprivate var json: JSONValue {
        .object([
            .init("code", .string(code.rawValue)), .init("number", .string(code.number)),
            .init("message", .string(message)),
            .init("slot", slot.map { .integer(Int128($0)) } ?? .null),
            .init("instruction", .string(instruction)),
            .init("function", function.map { .string($0) } ?? .null),
            .init("source", line?.json ?? .null),
            .init(
                "registers",
                .object(registers.elements.map { .init($0.key, .string($0.value)) })),
            .init("path", .array(path.map(\.json))),
            .init("suggestion", suggestion.map { .string($0) } ?? .null),
        ])
    }
}

extension Rejection.Step {
    fileprivate var json: JSONValue {
        .object([
            .init("slot", slot.map { .integer(Int128($0)) } ?? .null),
            .init("source", line?.json ?? .null),
            .init("note", .string(note)),
        ])
    }
}
