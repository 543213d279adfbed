import EBPFBytecode
import EBPFCompilation
import EBPFObjectFile

/// What a user gives as FILE: C source, an object, an executable that contains objects, assembly
/// or raw bytecode; by its content, and for text by its name.
enum ProgramFile {
    /// Programs, maps and variables.
    case object(ObjectSpecs, bytes: [UInt8])
    /// Instructions without anything around them.
    case bytecode([EncodedInstruction])

    /// Reads a file, compiling or assembling it if it is source.
    static func read(
        _ path: String, building options: BuildOptions
    ) async throws -> ProgramFile {
        if path.hasSuffix(".c") || path.hasSuffix(".swift") {
            let bytes = try await options.compile(path).bytes
            return .object(try ObjectFile(bytes, name: path).specs(), bytes: bytes)
        }
        let bytes = try ObjectFile.bytes(contentsOf: path)
        if bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) {
            return .object(try ObjectFile(bytes, name: path).specs(), bytes: bytes)
        }
        return .bytecode(try bytecode(bytes, path))
    }

    /// Every object in a file: one, or those that an executable carries.
    static func readAll(
        _ path: String, building options: BuildOptions
    ) async throws -> [(name: String, file: ProgramFile)] {
        if !path.hasSuffix(".c"), !path.hasSuffix(".swift") {
            let bytes = try ObjectFile.bytes(contentsOf: path)
            if isExecutable(bytes) {
                let embedded = ObjectFile.embedded(in: bytes)
                if !embedded.isEmpty {
                    return try embedded.map {
                        let name = "\(path)@\($0.offset)"
                        let specs = try ObjectFile($0.bytes, name: name).specs()
                        return (name, .object(specs, bytes: $0.bytes))
                    }
                }
            }
        }
        return [(path, try await read(path, building: options))]
    }

    /// ELF files for the machines that applications run on.
    private static func isExecutable(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]), bytes.count > 20 else { return false }
        let type = UInt16(bytes[16]) | UInt16(bytes[17]) << 8
        return type == 2 || type == 3
    }

    /// Assembly by its name, hex digits by their look, and otherwise the bytes themselves.
    private static func bytecode(
        _ bytes: [UInt8], _ path: String
    ) throws -> [EncodedInstruction] {
        if path.hasSuffix(".s") || path.hasSuffix(".asm") {
            do throws(AssemblyError) {
                return try Assembler().assemble(String(decoding: bytes, as: UTF8.self))
            } catch {
                throw Failure(message: "\(path): \(error)")
            }
        }
        let program = hexadecimal(bytes) ?? bytes
        guard !program.isEmpty else { throw Failure(message: "\(path): the file is empty") }
        guard hexadecimal(bytes) != nil || !isText(bytes) else {
            throw Failure(
                message: "\(path): this is text; C is in files named .c, assembly in .s")
        }
        guard let instructions = EncodedInstruction.program(program) else {
            throw Failure(
                message: "\(path): \(program.count) bytes are neither an ELF object nor bytecode, "
                    + "whose length is a multiple of \(EncodedInstruction.byteCount)")
        }
        return instructions
    }

    /// Bytes written as hex digits, if the file is nothing else.
    private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8]? {
        guard
            bytes.allSatisfy({
                $0 < 0x80 && (Character(UnicodeScalar($0)).isHexDigit || isBlank($0))
            })
        else { return nil }
        return try? HexText.bytes(String(decoding: bytes, as: UTF8.self))
    }

    /// Whether there are only printable characters: bytecode always has zeros.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { isBlank($0) || (0x20..<0x7f).contains($0) }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0d).contains(byte)
    }
}
