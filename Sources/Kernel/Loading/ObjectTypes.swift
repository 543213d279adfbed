import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// An object's type information in the kernel, uploaded once for all its maps and programs, and
/// what its programs say about their functions and lines in terms of it.
struct ObjectTypes {
    /// The types in the kernel; `nil` if the object has none or the kernel does not want them.
    private(set) var uploaded: SharedDescriptor?
    /// Why the kernel did not want them.
    private(set) var refusal: KernelError?
    private var records: [String: ProgramRecords] = [:]

    /// No types.
    init() {}

    /// Uploads types, with the texts that programs' lines need (`BPF_BTF_LOAD`); a kernel that
    /// does not take them is asked which parts of the format it knows, and gets those.
    init(
        _ types: BTF, programs: [ProgramSpec], token: Int32?, system: SystemCalls
    ) throws(BTFError) {
        try upload(types, .all, programs, token, system)
        guard refusal != nil else { return }
        let features = BTFFeatures(probing: system)
        guard features != .all else { return }
        try upload(types, features, programs, token, system)
    }

    private mutating func upload(
        _ types: BTF, _ features: BTFFeatures, _ programs: [ProgramSpec], _ token: Int32?,
        _ system: SystemCalls
    ) throws(BTFError) {
        var builder = try BTFBuilder(loadable: types, features: features)
        // Records of functions are of no use where functions are no types.
        let hasFunctions = features.contains(.functions)
        for program in programs where hasFunctions {
            records[program.name] = ProgramRecords(program, &builder)
        }
        if !hasFunctions { records = [:] }
        let bytes = try builder.bytes()
        do throws(KernelError) {
            uploaded = SharedDescriptor(try system.loadTypes(bytes, token: token))
            refusal = nil
        } catch {
            refusal = refusal ?? error
        }
    }

    /// Adds what is known of a program to the attributes it is loaded with.
    func describe(
        _ program: String, in attributes: inout ProgramLoadAttributes, _ memory: inout CallMemory
    ) {
        guard let uploaded else { return }
        attributes.types = uploaded.number
        guard let records = records[program], !records.functions.isEmpty else { return }
        attributes.functionRecordSize = 8
        attributes.functions = memory.array(records.functions)
        attributes.functionCount = UInt32(records.functions.count / 2)
        guard !records.lines.isEmpty else { return }
        attributes.lineRecordSize = 16
        attributes.lines = memory.array(records.lines)
        attributes.lineCount = UInt32(records.lines.count / 4)
    }
}

/// `struct bpf_func_info` and `struct bpf_line_info` of a program, as words.
private struct ProgramRecords {
    /// Slot and type of each function; empty unless each has a type.
    private(set) var functions: [UInt32] = []
    /// Slot, file, text, and line and column; empty unless each function begins with a line.
    private(set) var lines: [UInt32] = []

    init(_ program: ProgramSpec, _ builder: inout BTFBuilder) {
        for function in program.functions {
            guard let type = function.type else {
                functions = []
                return
            }
            functions += [UInt32(clamping: function.slot), type.rawValue]
        }
        guard Self.areComplete(program) else { return }
        lines.reserveCapacity(program.lines.count * 4)
        var file = (name: "", offset: UInt32(0))
        for line in program.lines {
            if file.name != line.file { file = (line.file, builder.offset(of: line.file)) }
            let text = builder.offset(of: line.text)
            let position = UInt32(clamping: line.line) << 10 | UInt32(clamping: line.column) & 0x3ff
            lines += [UInt32(clamping: line.slot), file.offset, text, position]
        }
    }

    /// Whether the lines are as the kernel wants them: in order, and one for the start of each
    /// function.
    private static func areComplete(_ program: ProgramSpec) -> Bool {
        var starts = program.functions.map(\.slot)[...]
        var previous = -1
        for line in program.lines {
            guard line.slot > previous, line.slot < program.instructions.count else { return false }
            previous = line.slot
            if line.slot == starts.first { starts.removeFirst() }
        }
        return starts.isEmpty
    }
}

extension SystemCalls {
    /// Gives the kernel types (`BPF_BTF_LOAD`), a second time with a log if it does not take them.
    ///
    /// - Throws: ``KernelError``, with the last line of the log.
    func loadTypes(_ bytes: [UInt8], token: Int32? = nil) throws(KernelError) -> Descriptor {
        var memory = CallMemory()
        var attributes = TypesLoadAttributes()
        attributes.types = memory.bytes(bytes)
        attributes.size = UInt32(clamping: bytes.count)
        if let token {
            attributes.token = token
            attributes.flags = MapFlags.tokenDescriptor.rawValue
        }
        do throws(KernelErrno) {
            let descriptor = try withLockedMemory { () throws(KernelErrno) in
                try openBPF(.typesLoad, &attributes)
            }
            memory.keep()
            return descriptor
        } catch {
            let size = 1 << 20
            attributes.log = memory.buffer(count: size)
            attributes.logSize = UInt32(size)
            attributes.logLevel = 1
            if let descriptor = try? openBPF(.typesLoad, &attributes) { return descriptor }
            let log = memory.contents(of: attributes.log, count: size).prefix { $0 != 0 }
            let last = log.split(separator: UInt8(ascii: "\n")).last
            throw KernelError(
                "uploading the object's types", error,
                reason: last.map { String(decoding: $0, as: UTF8.self) })
        }
    }
}
