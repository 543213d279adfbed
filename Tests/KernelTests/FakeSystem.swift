import EBPFBytecode
import EBPFKernel
import Synchronization

/// A kernel of a test: its files, and its answers to bpf(2); everything else it does not have.
final class FakeSystem: Sendable {
    typealias Answer = @Sendable (_ arguments: SystemCallArguments) -> Int

    private let files: [String: String]
    private let answer: Answer
    private let open = Mutex<[Int: [UInt8]]>([:])

    init(files: [String: String], bpf answer: @escaping Answer) {
        self.files = files
        self.answer = answer
    }

    var calls: SystemCalls {
        SystemCalls { [self] call, arguments in
            switch call {
            case .open: openFile(arguments.b)
            case .read: read(arguments)
            case .bpf: answer(arguments)
            case .close: 0
            default: -38
            }
        }
    }

    private func openFile(_ name: Int) -> Int {
        guard let text = unsafe UnsafePointer<CChar>(bitPattern: name) else { return -14 }
        guard let content = files[unsafe String(cString: text)] else { return -2 }
        return open.withLock { open in
            let number = 100 + open.count
            open[number] = Array(content.utf8)
            return number
        }
    }

    private func read(_ arguments: SystemCallArguments) -> Int {
        let room = unsafe UnsafeMutableRawPointer(bitPattern: arguments.b)
        guard let room = unsafe room else { return -14 }
        return open.withLock { open in
            let content = open[arguments.a] ?? []
            let part = content.prefix(arguments.c)
            unsafe room.copyMemory(from: Array(part), byteCount: part.count)
            open[arguments.a] = Array(content.dropFirst(part.count))
            return part.count
        }
    }
}
