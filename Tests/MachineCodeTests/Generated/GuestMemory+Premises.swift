@testable import EBPFMachineCode

extension GuestMemory {
    /// What holds where generated programs start: the context's address and size, and the frame.
    static func premises(budget: UInt64) -> Premises {
        let frame = UInt64(8) << 32
        return Premises(
            arguments: [contextAddress, UInt64(contextByteCount)], frameTop: frame + 512,
            stack: frame..<16 << 32,
            regions: [
                .init(
                    number: 2,
                    addresses: contextAddress..<contextAddress + UInt64(contextByteCount),
                    isWritable: true),
                .init(number: 8, addresses: frame..<frame + 512, isWritable: true),
            ], budget: budget)
    }
}
