import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// The context of programs whose arguments have types: those of a function, tracepoint, iterator,
/// security hook or member of a struct (`btf_ctx_access`).
///
/// Each argument takes 8 bytes, structs passed by value so many as they need. Programs that run
/// after the function find its result behind the last argument. How many arguments there are is
/// stored 8 bytes before the context, where only `bpf_get_func_arg` and its companions read it.
struct BTFContext: Sendable {
    /// The name of the target, for messages.
    let name: String
    /// How many arguments the target has.
    let count: Int
    private let slots: [Slot]
    private let byteLimit: Int

    /// An argument, or the result.
    private struct Slot: Sendable {
        let name: String
        let bytes: Range<Int>
        let content: Content
    }

    /// What a slot has inside.
    enum Content: Sendable {
        /// A number, which can be read in part.
        case number(ClosedRange<Int64>?)
        /// A pointer, or a number that was one: it is read whole.
        case whole(HookArgument)
        /// Nothing that a program could use.
        case fault(TypeFault)
    }

    /// The context of a program at a hook.
    ///
    /// - Parameters:
    ///   - type: the kind of program.
    ///   - place: its attach type.
    ///   - target: what it attaches to.
    ///   - types: those that the target was found in.
    init(_ type: ProgramType, _ place: AttachType?, _ target: HookTarget, in types: BTF) {
        name = target.name
        byteLimit = type == .lsm ? .max : 8 * HookTarget.argumentLimit
        let reader = ArgumentReader(type: type, place: place, target: target, types: types)
        let parameters = target.prototype.parameters
        let hidden = target.kind == .tracepoint ? 1 : 0
        count = max(parameters.count - hidden, 0)
        var start = 0
        var slots: [Slot] = []
        // The pointer that functions behind a tracepoint take first is not in the context, but the
        // kernel still counts its size, and not that of the last argument.
        for index in 0..<count {
            let parameter = parameters[index + hidden]
            let end = start + Self.size(of: parameters[index].type, types)
            let content = reader.argument(parameter, number: index, at: start)
            slots.append(Slot(name: parameter.name, bytes: start..<end, content: content))
            start = end
        }
        let size = Self.size(of: target.prototype.result, types)
        if hidden == 0, size > 0, let result = reader.result() {
            slots.append(Slot(name: "result", bytes: start..<start + size, content: result))
        }
        self.slots = slots
    }

    private static func size(of type: TypeID, _ types: BTF) -> Int {
        guard let resolved = try? types.resolve(type), resolved != .void else { return 0 }
        // What is larger than any register is refused before anything is loaded from it.
        return (min((try? types.size(of: resolved)) ?? 8, 1 << 20) + 7) / 8 * 8
    }
}

extension BTFContext {
    /// What a load gives.
    ///
    /// - Throws: ``TypeFault`` if there is no such argument, or it is read in part.
    func load(at offset: Int, size: Int) throws(TypeFault) -> HookArgument {
        guard offset >= 0, offset < byteLimit else {
            throw fault("the context of \(name) has no byte \(offset)")
        }
        guard offset % 8 == 0 else {
            throw fault(
                "arguments of \(name) begin at multiples of 8; at byte \(offset) none does")
        }
        guard let slot = slots.first(where: { $0.bytes.contains(offset) }) else {
            throw fault("\(name) has \(described), so there is none at byte \(offset)")
        }
        switch slot.content {
        case .number(let range): return .number(range)
        case .whole(let argument):
            guard size == 8 else {
                throw fault(
                    "argument \(slot.name) of \(name) is a pointer, but \(size) bytes are loaded",
                    suggestion: "load the whole pointer, 8 bytes at once")
            }
            return argument
        case .fault(let fault): throw fault
        }
    }

    /// Why arguments cannot be changed.
    func store(at offset: Int, size: Int) throws(TypeFault) {
        throw fault(
            "programs cannot change the arguments of \(name)",
            suggestion: "copy the argument to a variable, and change that")
    }

    private var described: String {
        switch count {
        case 0: "no arguments"
        case 1: "one argument"
        default: "\(count) arguments"
        }
    }

    private func fault(_ message: String, suggestion: String? = nil) -> TypeFault {
        TypeFault(
            .contextAccess, message,
            suggestion: suggestion
                ?? "compare the program's arguments with those of \(name); BPF_PROG() unpacks them")
    }
}
