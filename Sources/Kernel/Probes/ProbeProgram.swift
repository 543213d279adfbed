import EBPFBytecode

/// A tiny program that is loaded only to see whether the kernel takes it.
struct ProbeProgram {
    /// Its attributes but for the instructions, the licence and the log.
    var attributes = ProgramLoadAttributes()
    /// Its licence.
    var license = "GPL"
    /// Its instructions.
    var instructions: [EncodedInstruction]

    /// The numbers of its functions and of their types (`struct bpf_func_info`).
    var functions: [UInt32] = []
    /// The types that it is loaded with, open as long as this value lives.
    var keeping: SharedDescriptor?

    /// A program under the GPL, of a type and perhaps for an attachment.
    init(
        type: ProgramType, attachType: AttachType? = nil, _ instructions: [EncodedInstruction]
    ) {
        attributes.type = type.rawValue
        attributes.expectedAttachType = attachType?.rawValue ?? 0
        self.instructions = instructions
    }

    /// Whether the kernel takes it.
    func loads(_ system: SystemCalls) -> Bool {
        do throws(KernelErrno) {
            _ = try load(system)
            return true
        } catch {
            return false
        }
    }

    /// Loads it, and closes it again.
    ///
    /// - Throws: the kernel's error number.
    func load(_ system: SystemCalls) throws(KernelErrno) -> Descriptor {
        var memory = CallMemory()
        var attributes = attributes
        attributes.instructionCount = UInt32(instructions.count)
        attributes.instructions = memory.array(instructions.map(\.word))
        attributes.license = memory.string(license)
        // Before Linux 5.0, kprobes had to say for which kernel they were made.
        attributes.kernelVersion = Self.versionCode(system)
        if !functions.isEmpty {
            attributes.functionRecordSize = 8
            attributes.functions = memory.array(functions)
            attributes.functionCount = UInt32(functions.count / 2)
        }
        let descriptor = try system.openBPF(.programLoad, &attributes)
        memory.keep()
        return descriptor
    }

    /// `LINUX_VERSION_CODE` of the running kernel; 0 if it is hidden.
    private static func versionCode(_ system: SystemCalls) -> UInt32 {
        guard !system.isSubstitute else { return 0 }
        return runningVersionCode
    }

    private static let runningVersionCode = VersionCode(system: .linux).number

    /// The error and the verifier's log of an attempt; `nil` if the kernel takes the program.
    func refusal(_ system: SystemCalls, logSize size: Int = 1 << 16) -> Refusal? {
        var memory = CallMemory()
        var logging = attributes
        logging.log = memory.buffer(count: size)
        logging.logSize = UInt32(size)
        logging.logLevel = 1
        var program = self
        program.attributes = logging
        do throws(KernelErrno) {
            _ = try program.load(system)
            return nil
        } catch {
            let text = memory.contents(of: logging.log, count: size).prefix { $0 != 0 }
            return Refusal(errno: error, log: String(decoding: text, as: UTF8.self))
        }
    }

    /// Why the kernel does not take a program.
    struct Refusal: Hashable, Sendable {
        /// The error number.
        let errno: KernelErrno
        /// What the verifier wrote; empty if it did not come to it.
        let log: String
    }
}

extension EncodedInstruction {
    /// `exit`.
    static let exit = EncodedInstruction(opcode: 0x95)

    /// `rN = number`, 64 bits.
    static func move(_ register: UInt8, _ number: Int32) -> EncodedInstruction {
        EncodedInstruction(opcode: 0xb7, destination: register, immediate: number)
    }

    /// The call of a helper.
    static func call(_ helper: HelperID) -> EncodedInstruction {
        EncodedInstruction(opcode: 0x85, immediate: Int32(bitPattern: helper.rawValue))
    }
}
