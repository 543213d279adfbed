import EBPFBytecode
import Testing

@testable import EBPFMachineCode

/// The x86-64 assembler against clang's.
@Suite struct X86AssemblerTests {
    @Test(
        .enabled(if: Toolchain.isThere(for: .x86), "needs clang and llvm-objcopy for x86-64"))
    func `instructions are encoded as clang encodes them`() throws {
        var rows = X86AssemblyRows()
        rows.addOperations()
        rows.addArithmetic()
        rows.addMoves()
        rows.addTransfers()
        rows.addJumps()
        let (texts, starts, source) = (rows.texts, rows.starts, rows.source)
        let finished = rows.finish()
        let ours = try #require(finished)
        let theirs = try Toolchain.assemble(source, for: .x86)
        #expect(texts.count > 5_000)
        for (row, text) in texts.enumerated() {
            let range = starts[row]..<(row + 1 < starts.count ? starts[row + 1] : ours.count)
            let expected = theirs.dropFirst(range.lowerBound)
            let isSame = ours[range].elementsEqual(expected.prefix(range.count))
            // What follows a row of another length would differ, too.
            try #require(
                isSame, "\(text): \(hex(ours[range])), clang says \(hex(expected.prefix(12))) …")
        }
        #expect(ours.count == theirs.count)
    }

    private func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0, radix: 16) }.joined(separator: " ")
    }
}
