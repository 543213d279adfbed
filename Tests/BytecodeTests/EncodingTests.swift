import EBPFBytecode
import Testing

@Suite struct EncodingTests {
    @Test
    func `every opcode, register, offset and immediate either names its fault or round-trips`()
        throws
    {
        let offsets: [Int16] = [0, 1, 8, 16, 32, -1]
        let immediates: [Int32] = [0, 1, 16, 32, 64, 0x40, 0x51, 0xe1, 0xf1, 0x100, 0x110, -1]
        let second = EncodedInstruction(opcode: 0)
        var valid = 0
        for opcode in UInt8.min...UInt8.max {
            for registers: UInt8 in [
                0x00, 0x01, 0x10, 0x23, 0x31, 0x42, 0x50, 0x6a, 0xa9, 0xb0, 0x0b,
            ] {
                for offset in offsets {
                    for immediate in immediates {
                        let encoded = EncodedInstruction(
                            opcode: opcode, destination: registers & 0xf,
                            source: registers >> 4, offset: offset, immediate: immediate)
                        guard let meaning = try? Instruction(encoded, followedBy: second, slot: 0)
                        else { continue }
                        valid += 1
                        guard meaning.encoded[0] != encoded else { continue }
                        // The one encoding with two spellings: callx with its register in the immediate.
                        guard case .call(.register(let register)) = meaning else {
                            Issue.record(
                                "\(encoded) decodes to \(meaning), which encodes otherwise")
                            return
                        }
                        #expect(Int32(register.rawValue) == immediate)
                    }
                }
            }
        }
        #expect(valid > 2_000)
    }
}
