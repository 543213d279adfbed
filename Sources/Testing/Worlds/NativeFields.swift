import EBPFProgram
import Synchronization

/// Where native programs find the fields of the kernel's objects: each path has a place of its own.
final class NativeFields: Sendable {
    private struct Field {
        let offset: Int
        let byteCount: Int
        /// Whether a test has set it: then it exists.
        var isSet: Bool
    }

    private struct State {
        var fields: [String: Field] = [:]
        var end = 16
    }

    private let state = Mutex(State())

    /// The place of a field that a test sets; `nil` if there is no room any more.
    func offset(of path: String, byteCount: Int) -> Int? {
        place(of: path, byteCount: byteCount, isSet: true)
    }

    private func place(of path: String, byteCount: Int, isSet: Bool) -> Int? {
        state.withLock { state in
            if var field = state.fields[path] {
                guard byteCount <= max(field.byteCount, 64) else { return nil }
                field.isSet = field.isSet || isSet
                state.fields[path] = field
                return field.offset
            }
            // Texts may be read longer than they are.
            let room = (max(byteCount, 64) + 15) & ~15
            guard state.end + room <= 0x2000 else { return nil }
            state.fields[path] = Field(offset: state.end, byteCount: byteCount, isSet: isSet)
            defer { state.end += room }
            return state.end
        }
    }

    /// Answers a program's question about the kernel's types.
    func answer(_ question: TypeQuestion, _ path: String) -> Int {
        switch question {
        case .fieldOffset: return place(of: path, byteCount: 8, isSet: false) ?? 0
        case .fieldExists: return known(path) == nil ? 0 : 1
        case .fieldSize: return known(path)?.byteCount ?? 0
        default: return 0
        }
    }

    private func known(_ path: String) -> Field? {
        state.withLock { $0.fields[path].flatMap { $0.isSet ? $0 : nil } }
    }
}
