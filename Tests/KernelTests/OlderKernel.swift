import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import Synchronization

/// The running kernel with the answers of an older one: what it would not know is refused before
/// the running kernel sees it.
final class OlderKernel: Sendable {
    /// What it does not know.
    enum Lack: Sendable {
        /// Names of maps and programs (Linux 4.15).
        case names
        /// Type information altogether (Linux 4.18).
        case types
        /// `BTF_KIND_FLOAT` (Linux 5.13).
        case floats
        /// Functions' types of programs (Linux 5.0).
        case functionTypes
        /// `BPF_F_MMAPABLE` (Linux 5.5).
        case mappableArrays
        /// Types of keys and values.
        case mapTypes
        /// `bpf_probe_read_kernel` and its like (Linux 5.5).
        case probeReadKernel
        /// Maps of type `arena` (Linux 6.9).
        case arenas
        /// Programs of type `netfilter` (Linux 6.4).
        case netfilter
        /// The helper `bpf_loop` (Linux 5.17).
        case loops
        /// Memory that is charged to control groups (Linux 5.11).
        case memoryControl
    }

    private let lacks: [Lack]
    private let limits = Mutex<[UInt64]>([1 << 16, 1 << 20])
    private let refused = Mutex(0)

    /// What it calls itself; `nil` for what the running kernel does.
    private let release: String?

    init(without lacks: Lack..., release: String? = nil) {
        self.lacks = lacks
        self.release = release
    }

    /// How many calls were refused.
    var refusalCount: Int { refused.withLock { $0 } }
    /// How many bytes may be locked, for now and at most.
    var lockedMemory: [UInt64] { limits.withLock { $0 } }

    var calls: SystemCalls {
        SystemCalls { [self] call, arguments in
            if call == .resourceLimit { return limit(arguments) }
            if call == .open, let release, Self.path(arguments) == "/proc/sys/kernel/osrelease" {
                return Self.file(release)
            }
            if call == .bpf, let errno = refusal(arguments) {
                refused.withLock { $0 += 1 }
                return -Int(errno.rawValue)
            }
            do throws(KernelErrno) {
                return try SystemCalls.linux.callOnce(
                    call, arguments.a, arguments.b, arguments.c, arguments.d, arguments.e,
                    arguments.f)
            } catch {
                return -Int(error.rawValue)
            }
        }
    }

    // MARK: Answers

    private static func path(_ arguments: SystemCallArguments) -> String? {
        unsafe UnsafePointer<CChar>(bitPattern: arguments.b).map { unsafe String(cString: $0) }
    }

    /// A file with a text, ready to be read.
    private static func file(_ text: String) -> Int {
        var memory = CallMemory()
        let (name, content) = (memory.string("release"), memory.string(text))
        let system = SystemCalls.linux
        guard let file = try? system.call(.memoryFileCreate, Int(name), 0),
            (try? system.call(.write, file, Int(content), text.utf8.count)) != nil,
            (try? system.call(.seek, file, 0, 0)) != nil
        else { return -2 }
        memory.keep()
        return file
    }

    private func refusal(_ arguments: SystemCallArguments) -> KernelErrno? {
        guard let command = BPFCommand(rawValue: arguments.a),
            let place = unsafe UnsafeRawPointer(bitPattern: arguments.b)
        else { return nil }
        for lack in lacks {
            let errno: KernelErrno?
            switch command {
            case .mapCreate:
                let map = unsafe place.loadUnaligned(as: MapCreateAttributes.self)
                errno = refusal(of: map, lack)
            case .programLoad:
                let program = unsafe place.loadUnaligned(as: ProgramLoadAttributes.self)
                errno = refusal(of: program, lack)
            case .typesLoad:
                let types = unsafe place.loadUnaligned(as: TypesLoadAttributes.self)
                errno = unsafe refusal(of: types, lack)
            default: errno = nil
            }
            if let errno { return errno }
        }
        return nil
    }

    private func refusal(of map: MapCreateAttributes, _ lack: Lack) -> KernelErrno? {
        let isRefused =
            switch lack {
            case .names: !map.name.text.isEmpty
            case .types, .mapTypes: map.types != 0
            case .arenas: map.type == MapType.arena.rawValue
            case .mappableArrays: MapFlags(rawValue: map.flags).contains(.mappable)
            case .memoryControl: lockedMemory[0] < 1 << 20
            default: false
            }
        guard isRefused else { return nil }
        return lack == .memoryControl ? .notPermitted : .invalidArgument
    }

    private func refusal(of program: ProgramLoadAttributes, _ lack: Lack) -> KernelErrno? {
        switch lack {
        case .names: return program.name.text.isEmpty ? nil : .tooBig
        case .types, .functionTypes: return program.types == 0 ? nil : .tooBig
        case .memoryControl:
            guard lockedMemory[0] >= 1 << 20 else { return .notPermitted }
            return unsafe calls(program, [160]) ? .invalidArgument : nil
        case .netfilter:
            return program.type == ProgramType.netfilter.rawValue ? .invalidArgument : nil
        case .loops:
            guard unsafe calls(program, [181]) else { return nil }
            unsafe write("4: (85) call unknown#181\ninvalid func unknown#181\n", into: program)
            return .invalidArgument
        case .probeReadKernel:
            guard unsafe calls(program, [112, 113, 114, 115]) else { return nil }
            unsafe write("0: (85) call unknown#113\ninvalid func unknown#113\n", into: program)
            return .invalidArgument
        default: return nil
        }
    }

    @unsafe
    private func refusal(of types: TypesLoadAttributes, _ lack: Lack) -> KernelErrno? {
        switch lack {
        case .types: return .invalidArgument
        case .floats:
            guard let start = unsafe UnsafeRawPointer(bitPattern: UInt(types.types))
            else { return nil }
            // `struct btf_header`: the types begin after it; kinds are in bits 24 to 28.
            let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(types.size))
            let text = unsafe [UInt8](bytes)
            let float = [UInt8](repeating: 0, count: 3) + [16]
            let isFloat = stride(from: 24, to: text.count - 12, by: 4).contains { place in
                Array(text[(place + 4)..<(place + 8)]) == float
            }
            return isFloat ? .invalidArgument : nil
        default: return nil
        }
    }

    @unsafe
    private func calls(_ program: ProgramLoadAttributes, _ helpers: Set<Int32>) -> Bool {
        let start = unsafe UnsafePointer<UInt64>(bitPattern: UInt(program.instructions))
        guard let start = unsafe start else { return false }
        return (0..<Int(program.instructionCount)).contains { slot in
            let instruction = unsafe EncodedInstruction(word: start[slot])
            return instruction.opcode == 0x85 && helpers.contains(instruction.immediate)
        }
    }

    @unsafe
    private func write(_ log: String, into program: ProgramLoadAttributes) {
        guard let room = unsafe UnsafeMutableRawPointer(bitPattern: UInt(program.log)) else {
            return
        }
        unsafe room.copyMemory(from: Array(log.utf8) + [0], byteCount: log.utf8.count + 1)
    }

    /// prlimit(2) of the locked memory: the soft limit may be raised to the hard one.
    private func limit(_ arguments: SystemCallArguments) -> Int {
        limits.withLock { limits in
            if let old = unsafe UnsafeMutablePointer<UInt64>(bitPattern: arguments.d) {
                unsafe (old[0], old[1]) = (limits[0], limits[1])
            }
            guard let new = unsafe UnsafePointer<UInt64>(bitPattern: arguments.c) else { return 0 }
            guard unsafe new[1] <= limits[1] else { return -1 }
            limits = unsafe [new[0], new[1]]
            return 0
        }
    }
}
