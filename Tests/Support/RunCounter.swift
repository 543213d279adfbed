import EBPFBytecode
public import EBPFKernel
public import EBPFObjectFile

/// A number in a map that programs of a test count up: whether and how often they ran.
public struct RunCounter {
    /// An array of eight numbers; the first counts runs, the others are for the test.
    public let map: KernelMap

    /// A counter at zero.
    public init() throws {
        map = try LiveKernel.map(.array, key: 4, value: 64, entries: 1, name: "runs")
    }

    /// How often programs ran.
    public var count: UInt64 { get throws { try self[0] } }

    /// A number that programs left behind.
    public subscript(_ index: Int) -> UInt64 {
        get throws {
            let bytes = try map.value(of: [0, 0, 0, 0]) ?? []
            return bytes.dropFirst(index * 8).prefix(8).reversed().reduce(0) {
                $0 << 8 | UInt64($1)
            }
        }
    }

    /// Loads a program that counts its runs in one process, and no others.
    ///
    /// - Parameters:
    ///   - section: says the kind of program.
    ///   - process: the process whose runs count; `nil` for the test's own.
    ///   - action: instructions for runs that count: r6 is the context, r7 the numbers.
    public func program(
        _ section: String, process: Int32? = nil, action: String = ""
    ) throws -> KernelProgram {
        let spec = try spec(section, process: process, action: action)
        let specs = ObjectSpecs(programs: [spec.name: spec], license: "GPL")
        let object = try KernelHost().load(specs)
        guard let program = object.programs[spec.name] else { throw KernelErrno.noEntry }
        return program
    }

    /// The program before it is loaded.
    public func spec(
        _ section: String, process: Int32? = nil, action: String = ""
    ) throws -> ProgramSpec {
        guard let name = SectionName(section) else { throw KernelErrno.invalidArgument }
        let process = try process.map(Int.init) ?? SystemCalls.linux.call(.getProcessID)
        let body = """
            r6 = r1
            call 14
            r0 >>= 32
            if w0 == \(process) goto +2
            w0 = 0
            exit
            r7 = map[fd:\(map.descriptor.number)][0]+0 ll
            r1 = 1
            lock *(u64 *)(r7 + 0) += r1
            \(action)
            w0 = 0
            exit
            """
        return ProgramSpec(
            name: "count", section: section, type: name.programType,
            attachType: name.attachType, attachTarget: name.target,
            flags: name.isSleepable ? .sleepable : [],
            instructions: try Assembler().assemble(body))
    }
}
