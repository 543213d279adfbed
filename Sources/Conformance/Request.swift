import EBPFBytecode
import EBPFExecution
import EBPFObjectFile

/// One test of the suite: what to run, on which memory.
struct Request {
    private let memory: [UInt8]
    private let program: [UInt8]
    private let isObjectFile: Bool
    private let engine: UserSpaceHost.Engine

    /// Reads the arguments and the line of standard input.
    init(_ arguments: [String], input: String) throws(RequestError) {
        var memory: [UInt8] = []
        var isObjectFile = false
        var engine = UserSpaceHost.Engine.automatic
        for argument in arguments {
            switch argument {
            case "--interpreter": engine = .interpreter
            case "--jit": engine = .machineCode
            case "--elf": isObjectFile = true
            case _ where argument.hasPrefix("--"): throw .unknownOption(argument)
            default: memory = try hexBytes(argument)
            }
        }
        self.memory = memory
        self.isObjectFile = isObjectFile
        self.engine = engine
        program = try hexBytes(input)
        guard !program.isEmpty else { throw .length(0) }
    }

    /// Runs the program; returns r0.
    func run() throws -> UInt64 {
        let host = UserSpaceHost.conformance(engine: engine)
        let program = try load(on: host)
        return try memory.isEmpty
            ? program.run(memory: []).returned : program.run(memory: memory).returned
    }

    private func load(on host: UserSpaceHost) throws -> UserSpaceProgram {
        if isObjectFile {
            let specs = try ObjectFile(program, name: "standard input").specs()
            guard let first = try host.load(specs).programs.values.first
            else { throw RequestError.noProgram }
            return first
        }
        guard let bytecode = EncodedInstruction.program(program)
        else { throw RequestError.length(program.count) }
        return try host.load(bytecode: bytecode)
    }
}

/// What is wrong with a request.
enum RequestError: Error, CustomStringConvertible {
    case unknownOption(String)
    case notHexadecimal(String)
    case length(Int)
    case noProgram

    var description: String {
        switch self {
        case .unknownOption(let option):
            "unknown option \(option); there are --interpreter, --jit and --elf"
        case .notHexadecimal(let text): "\"\(text)\" is not a byte in hex"
        case .length(let count):
            "\(count) bytes are no bytecode: its length is a multiple of \(EncodedInstruction.byteCount)"
        case .noProgram: "the object contains no program"
        }
    }
}

/// Bytes as pairs of hex digits, with or without blanks between them.
private func hexBytes(_ text: String) throws(RequestError) -> [UInt8] {
    var bytes: [UInt8] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
        var rest = word[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16)
            else { throw .notHexadecimal(String(word)) }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
    }
    return bytes
}
