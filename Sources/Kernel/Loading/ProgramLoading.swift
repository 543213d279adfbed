import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// Gives the kernel one program: first without a log, and once more with one if it is refused.
struct ProgramLoading {
    let spec: ProgramSpec
    let license: String
    let kernelVersion: UInt32?
    let types: ObjectTypes
    let target: AttachTarget?
    let options: KernelHost.Options
    let system: SystemCalls

    /// What became of it.
    enum Outcome: ~Copyable {
        /// It is in the kernel; with the log, if one was asked for.
        case loaded(Descriptor, log: String?)
        /// The verifier says no.
        case rejected(log: String)
        /// It did not come as far as the verifier.
        case failed(KernelError)
    }

    /// How often a program is tried again that was interrupted by a signal while it was verified.
    private static let attempts = 5

    func load() -> Outcome {
        if options.logLevel > 0 { return load(logLevel: options.logLevel) }
        do throws(KernelErrno) {
            var memory = CallMemory()
            var attributes = attributes(&memory)
            let descriptor = try attempt(&attributes)
            memory.keep()
            return .loaded(descriptor, log: nil)
        } catch {
            return load(logLevel: 1)
        }
    }

    /// With a log, in room that grows until it is enough or the limit is reached; older kernels
    /// write nothing of what does not fit.
    private func load(logLevel: UInt32) -> Outcome {
        var size = min(1 << 16, options.logLimit)
        while true {
            var memory = CallMemory()
            var attributes = attributes(&memory)
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
                guard log.isEmpty else { return .rejected(log: log) }
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
                return try system.openBPF(.programLoad, &attributes)
            } catch {
                guard error == .tryAgain else { throw error }
            }
        }
        return try system.openBPF(.programLoad, &attributes)
    }

    private func attributes(_ memory: inout CallMemory) -> ProgramLoadAttributes {
        var attributes = ProgramLoadAttributes()
        attributes.type = spec.type.rawValue
        attributes.expectedAttachType = spec.attachType?.rawValue ?? 0
        attributes.instructionCount = UInt32(clamping: spec.instructions.count)
        attributes.instructions = memory.array(spec.instructions.map(\.word))
        attributes.license = memory.string(license)
        attributes.kernelVersion = kernelVersion ?? 0
        attributes.flags = spec.flags.rawValue
        attributes.name = ObjectName(spec.name)
        attributes.attachType = target?.type.rawValue ?? 0
        attributes.attachObject = target?.object ?? 0
        types.describe(spec.name, in: &attributes, &memory)
        return attributes
    }
}
