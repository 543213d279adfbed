import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

/// A number that programs of a trial count up, so that it is seen when they run.
struct Counter {
    private let map: KernelMap

    /// A counter at zero, in an array map of one element.
    init() throws {
        var attributes = MapCreateAttributes()
        attributes.type = MapType.array.rawValue
        attributes.keySize = 4
        attributes.valueSize = 8
        attributes.maxEntries = 1
        attributes.name = ObjectName("trial")
        map = try KernelMap(attributes)
    }

    /// How often programs ran so far.
    var count: UInt64 {
        get throws {
            let bytes = try map.value(of: UInt32(0).bytes) ?? []
            return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// Whose runs are counted.
    enum Filter {
        /// Everyone's: for hooks that belong to the trial's own network or group.
        case everyone
        /// Those of the thread that made the program: for hooks that see the whole machine.
        case thisThread
    }

    /// A program that counts its runs and returns a number.
    ///
    /// - Parameters:
    ///   - section: the name that says the kind of program and where it attaches.
    ///   - filter: which runs are counted.
    ///   - returning: instructions that set r0, counted or not.
    ///   - before: instructions that come first; r1 is the context.
    func program(
        _ section: String, counting filter: Filter = .everyone, returning: String = "w0 = 0",
        before: String = ""
    ) throws -> KernelProgram {
        try Self.load(
            try spec(section, counting: filter, returning: returning, before: before))
    }

    /// Loads a program, if the machine permits its kind: some refuse trampolines even to root.
    static func load(
        _ spec: ProgramSpec, types: BTF? = nil, targets: [String: KernelProgram] = [:]
    ) throws -> KernelProgram {
        let specs = ObjectSpecs(programs: [spec.name: spec], license: "GPL", types: types)
        do {
            let object = try KernelHost().load(specs, targets: targets)
            guard let program = object.programs[spec.name] else {
                throw HookTrial.Failure("the loaded object has no program \(spec.name)")
            }
            return program
        } catch LoadFailure.program(_, let error) where error.errno == .notPermitted {
            throw HookTrial.Skip("this machine does not permit such programs, not even to root")
        }
    }

    /// The program before it is loaded.
    func spec(
        _ section: String, counting filter: Filter, returning: String, before: String
    ) throws -> ProgramSpec {
        guard let name = SectionName(section) else {
            throw HookTrial.Failure("no program belongs into section \(section)")
        }
        try Requirement.programType(name.programType)
        if let attachType = name.attachType { try Requirement.attachType(attachType) }
        let thread = try SystemCalls.linux.call(.getThreadID)
        let skip =
            switch filter {
            case .everyone: ""
            // bpf_get_current_pid_tgid: the thread is the lower half.
            case .thisThread: "call 14\nif w0 != \(thread) goto +4\n"
            }
        let text = """
            \(before)
            \(skip)r1 = map[fd:\(map.descriptor.number)][0]+0 ll
            r2 = 1
            lock *(u64 *)(r1 + 0) += r2
            \(returning)
            exit
            """
        var flags: ProgramFlags = []
        if name.isSleepable { flags.insert(.sleepable) }
        if name.takesFragments { flags.insert(.fragments) }
        return ProgramSpec(
            name: "trial", section: section, type: name.programType, attachType: name.attachType,
            attachTarget: name.target, flags: flags,
            instructions: try Assembler().assemble(text))
    }
}
