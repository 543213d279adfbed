import CLinux
import EBPFBytecode

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The kernel as a judge: runs a program on a packet with `BPF_PROG_TEST_RUN`.
enum PacketOracle {
    /// Whether this process may ask the kernel.
    static let isAvailable: Bool = {
        guard let code = try? Assembler().assemble("r0 = 2\nexit") else { return false }
        return (try? run(code, .xdp, packet: [UInt8](repeating: 0, count: 60)))?.returned == 2
    }()

    /// What a run in the kernel left behind.
    struct Outcome: Equatable {
        var returned: UInt32
        var packet: [UInt8]
        var context: [UInt8]
    }

    /// A refusal by the kernel.
    struct Refusal: Error, CustomStringConvertible {
        let command: String
        let number: Int
        let log: String

        var description: String { "\(command): error \(number)\n\(log)" }
    }

    /// Loads a program, runs it once, and forgets it.
    static func run(
        _ code: [EncodedInstruction],
        _ type: ProgramType,
        packet: [UInt8],
        context: [UInt8] = []
    ) throws -> Outcome {
        let program = try load(code, type)
        defer { close(program) }
        var packet = packet
        var context = context
        var output = [UInt8](repeating: 0, count: 1 << 17)
        var contextOutput = [UInt8](repeating: 0, count: 256)
        var attributes = Attributes()
        attributes.put(UInt32(program), UInt32(0), UInt32(packet.count), UInt32(output.count))
        unsafe packet.withUnsafeMutableBytes { packet in
            unsafe output.withUnsafeMutableBytes { output in
                unsafe attributes.put(address: packet.baseAddress, output.baseAddress)
            }
        }
        attributes.put(UInt32(1), UInt32(0), UInt32(context.count), UInt32(contextOutput.count))
        let result = unsafe context.withUnsafeMutableBytes { context in
            unsafe contextOutput.withUnsafeMutableBytes { contextOutput in
                unsafe attributes.put(
                    address: context.isEmpty ? nil : context.baseAddress,
                    contextOutput.baseAddress
                )
                return attributes.call(10)
            }
        }
        guard result >= 0 else { throw Refusal(command: "run", number: -result, log: "") }
        return Outcome(
            returned: attributes.word(at: 4),
            packet: Array(output.prefix(Int(attributes.word(at: 12)))),
            context: Array(contextOutput.prefix(Int(attributes.word(at: 44))))
        )
    }

    private static func load(_ code: [EncodedInstruction], _ type: ProgramType) throws -> Int32 {
        var bytes = code.flatMap { slot in
            (0..<8).map { UInt8(truncatingIfNeeded: slot.word >> (8 * UInt64($0))) }
        }
        var license = Array("GPL".utf8) + [0]
        var log = [UInt8](repeating: 0, count: 1 << 16)
        var attributes = Attributes()
        let result = unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe license.withUnsafeMutableBytes { license in
                unsafe log.withUnsafeMutableBytes { log in
                    attributes.put(type.rawValue, UInt32(code.count))
                    unsafe attributes.put(address: bytes.baseAddress, license.baseAddress)
                    attributes.put(UInt32(1), UInt32(log.count))
                    unsafe attributes.put(address: log.baseAddress)
                    return attributes.call(5)
                }
            }
        }
        guard result >= 0 else {
            let text = String(decoding: log.prefix { $0 != 0 }, as: UTF8.self)
            throw Refusal(command: "load", number: -result, log: String(text.suffix(1000)))
        }
        return Int32(result)
    }
}

/// `union bpf_attr`, filled from the front.
private struct Attributes {
    private var bytes: [UInt8] = []

    mutating func put(_ words: UInt32...) {
        for word in words {
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
        }
    }

    mutating func put(address addresses: UnsafeMutableRawPointer?...) {
        for index in unsafe addresses.indices {
            let number = unsafe UInt(bitPattern: addresses[index])
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt($0))) }
        }
    }

    func word(at offset: Int) -> UInt32 {
        unsafe bytes.withUnsafeBytes {
            unsafe $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        }
    }

    /// The result of bpf(2), or the negated error number.
    mutating func call(_ command: Int32) -> Int {
        bytes += [UInt8](repeating: 0, count: 144 - bytes.count)
        return unsafe bytes.withUnsafeMutableBytes {
            unsafe clinux_bpf(command, $0.baseAddress, UInt32($0.count))
        }
    }
}
