import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Gives the kernel one program: first without a log, and once more with one if it is refused.
/// Kernels that are too old for something that a program can do without get it so.
struct ProgramLoading {
    var spec: ProgramSpec
    let license: String
    let kernelVersion: UInt32?
    let types: ObjectTypes
    let target: AttachTarget?
    /// Those of the modules whose functions it calls (`fd_array`).
    let descriptors: [Int32]
    let options: KernelHost.Options
    let system: SystemCalls

    /// What became of it.
    enum Outcome: ~Copyable {
        /// It is in the kernel; with the log, if one was asked for.
        case loaded(Descriptor, log: String?)
        /// The verifier says no.
        case rejected(KernelErrno, log: String)
        /// It did not come as far as the verifier.
        case failed(KernelError)
    }

    /// How often a program is tried again that was interrupted by a signal while it was verified.
    private static let attempts = 5

    /// As it is; of helpers that the kernel does not know, with older ones.
    func load() -> Outcome {
        let outcome = conceding()
        switch consume outcome {
        case .loaded(let descriptor, let log): return .loaded(descriptor, log: log)
        case .failed(let error): return .failed(error)
        case .rejected(let errno, let log):
            guard let older = withOlderHelpers() else { return .rejected(errno, log: log) }
            return older.load()
        }
    }

    /// Kernels refuse attributes that they do not know before they look at the program: then with
    /// one after the other left away.
    private func conceding() -> Outcome {
        var refusal: KernelError?
        var conceded: Concessions = []
        for concession in [[]] + concessions {
            conceded.formUnion(concession)
            let outcome = load(without: conceded)
            switch consume outcome {
            case .loaded(let descriptor, let log): return .loaded(descriptor, log: log)
            case .rejected(let errno, let log): return .rejected(errno, log: log)
            case .failed(let error):
                let isRefusal = error.errno == .invalidArgument || error.errno == .tooBig
                guard isRefusal || refusal != nil else { return .failed(error) }
                refusal = refusal ?? error
            }
        }
        var error = refusal ?? KernelError("loading it", .invalidArgument)
        let hints = ReleaseHints(system: system)
        if let reason = hints.reason(spec.type, spec.attachType) { error.reason = reason }
        return .failed(error)
    }

    private func load(without concessions: Concessions) -> Outcome {
        if options.logLevel > 0 { return load(logLevel: options.logLevel, concessions) }
        do throws(KernelErrno) {
            var memory = CallMemory()
            var attributes = attributes(&memory, concessions)
            let descriptor = try attempt(&attributes)
            memory.keep()
            return .loaded(descriptor, log: nil)
        } catch {
            return load(logLevel: 1, concessions)
        }
    }

    /// With a log, in room that grows until it is enough or the limit is reached; older kernels
    /// write nothing of what does not fit.
    private func load(logLevel: UInt32, _ concessions: Concessions) -> Outcome {
        var size = min(1 << 16, options.logLimit)
        while true {
            var memory = CallMemory()
            var attributes = attributes(&memory, concessions)
            attributes.logLevel = logLevel
            attributes.logSize = UInt32(clamping: size)
            attributes.log = memory.buffer(count: size)
            do throws(KernelErrno) {
                let descriptor = try attempt(&attributes)
                return .loaded(descriptor, log: log(attributes, memory))
            } catch {
                if error == .noSpace, size < options.logLimit {
                    let wanted = max(size * 4, Int(attributes.logTrueSize))
                    size = min(wanted, options.logLimit)
                    continue
                }
                let log = log(attributes, memory)
                guard log.isEmpty else { return .rejected(error, log: log) }
                return .failed(
                    KernelError(
                        "loading it", error, diagnosing: .load(spec.type), on: system))
            }
        }
    }

    private func log(
        _ attributes: ProgramLoadAttributes, _ memory: borrowing CallMemory
    ) -> String {
        let bytes = memory.contents(of: attributes.log, count: Int(attributes.logSize))
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The kernel gives up with `EAGAIN` when a signal is pending: most go away.
    private func attempt(
        _ attributes: inout ProgramLoadAttributes
    ) throws(KernelErrno) -> Descriptor {
        for _ in 1..<Self.attempts {
            do throws(KernelErrno) {
                return try open(&attributes)
            } catch {
                guard error == .tryAgain else { throw error }
            }
        }
        return try open(&attributes)
    }

    private func open(
        _ attributes: inout ProgramLoadAttributes
    ) throws(KernelErrno) -> Descriptor {
        try system.withLockedMemory { () throws(KernelErrno) in
            try system.openBPF(.programLoad, &attributes)
        }
    }

    private func attributes(
        _ memory: inout CallMemory, _ concessions: Concessions
    ) -> ProgramLoadAttributes {
        var attributes = ProgramLoadAttributes()
        attributes.type = spec.type.rawValue
        attributes.expectedAttachType = target?.member ?? spec.attachType?.rawValue ?? 0
        attributes.instructionCount = UInt32(clamping: spec.instructions.count)
        attributes.instructions = memory.array(spec.instructions.map(\.word))
        attributes.license = memory.string(license)
        attributes.kernelVersion = kernelVersion ?? 0
        attributes.flags = spec.flags.rawValue
        attributes.name = ObjectName(spec.name)
        attributes.interface = spec.interface ?? 0
        attributes.attachType = target?.type.rawValue ?? 0
        attributes.attachObject = target?.object ?? 0
        attributes.descriptors = memory.array(descriptors)
        if concessions.contains(.name) { attributes.name = ObjectName() }
        if concessions.contains(.attachType) { attributes.expectedAttachType = 0 }
        if concessions.contains(.ownVersion) {
            attributes.kernelVersion = VersionCode(system: system).number
        }
        if !concessions.contains(.types) {
            types.describe(spec.name, in: &attributes, &memory)
        }
        return attributes
    }
}
