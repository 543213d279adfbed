import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Functions that may end at other places than their ends return a number.
struct ExitRules {
    let subject: Subject

    func check() throws(Fault) {
        for function in subject.functions.dropFirst() {
            if function.isExceptionCallback { try checkHandler(function) }
            guard let what = earlyEnd(of: function) else { continue }
            guard let types = subject.types, let type = function.type,
                let prototype = try? types.prototype(of: type)
            else {
                throw Fault(
                    .invalidInstruction,
                    "\(what) in a function of which no types are known", slot: function.start)
            }
            guard Self.isNumber(prototype.result, types) else {
                throw Fault(
                    .invalidInstruction,
                    "\(what) in \(function.name)(), which returns no number: it may end there",
                    slot: function.start)
            }
        }
    }

    private func earlyEnd(of function: Subprogram) -> String? {
        for slot in function.start..<function.end {
            switch subject.instructions[slot] {
            case .loadPacket: return "the packet is loaded from in the old manner"
            case .call(.helper(Int32(HelperID.tailCall.rawValue))): return "there is a tail call"
            default: break
            }
        }
        return nil
    }

    /// The handler of exceptions takes the number that was thrown and returns one.
    private func checkHandler(_ function: Subprogram) throws(Fault) {
        guard let types = subject.types, let type = function.type,
            let prototype = try? types.prototype(of: type)
        else { return }
        guard Self.isNumber(prototype.result, types), prototype.parameters.count == 1,
            Self.isNumber(prototype.parameters[0].type, types)
        else {
            throw Fault(
                .exceptions,
                "\(function.name)(), the handler of exceptions, takes one number and returns one",
                slot: function.start)
        }
    }

    private static func isNumber(_ type: TypeID, _ types: BTF) -> Bool {
        switch try? types.resolvedType(type) {
        case .integer?, .enumeration?: true
        default: false
        }
    }
}
