import EBPFBytecode
import Foundation
import Testing

/// The notation against LLVM: against its recorded output always, against itself where it is.
@Suite struct NotationTests {
    /// A row of `GoldenNotation.swift`.
    struct Row {
        let program: [EncodedInstruction]
        let decimal: String
        let hexadecimal: String
    }

    /// A row's second line, if it has one, holds the text with hexadecimal numbers.
    static let golden: [Row] = goldenNotation.split(separator: "\n").reduce(into: []) {
        rows,
        line in
        let columns = line.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        guard let last = columns.last else { return }
        let text = last.trimmingCharacters(in: .whitespaces)
        let words = columns[0].split(separator: " ").compactMap { UInt64($0, radix: 16) }
        guard words.isEmpty, let row = rows.popLast() else {
            let program = words.map { EncodedInstruction(word: $0) }
            return rows.append(Row(program: program, decimal: text, hexadecimal: text))
        }
        rows.append(Row(program: row.program, decimal: row.decimal, hexadecimal: text))
    }

    @Test func `every form is printed as LLVM prints it`() {
        #expect(Self.golden.count == NotationSamples.all.count)
        for (row, sample) in zip(Self.golden, NotationSamples.all) {
            #expect(row.program == sample.encoded)
            #expect(sample.description == row.decimal)
            #expect(
                Disassembler(numbers: .hexadecimal).lines(row.program).map(\.text)
                    == [row.hexadecimal]
            )
        }
    }

    @Test func `what LLVM prints is assembled into the same bytes`() throws {
        for row in Self.golden {
            #expect(try Assembler().assemble(row.decimal) == row.program)
            #expect(try Assembler().assemble(row.hexadecimal) == row.program)
        }
    }

    @Test(.enabled(if: LLVM.available != nil, "no clang and llvm-objdump for BPF on the path"))
    func `the installed LLVM prints every encoding as we do`() throws {
        let llvm = try #require(LLVM.available)
        let program = Encodings.all.filter(\.sharesNotation).flatMap(\.encoded)
        for numbers in [NumberNotation.decimal, .hexadecimal] {
            let theirs = try llvm.listing(program, hexadecimal: numbers == .hexadecimal)
            let ours = Disassembler(numbers: numbers).lines(program).map(\.text)
            #expect(theirs.count == ours.count)
            let difference = zip(ours, theirs).first { $0 != $1 }
            #expect(difference == nil)
        }
    }

    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["RECORD"] != nil,
            "RECORD=1 writes the table"
        )
    )
    func `the golden table is written anew`() throws {
        let llvm = try #require(LLVM.available)
        let program = NotationSamples.all.flatMap(\.encoded)
        let decimal = try llvm.listing(program, hexadecimal: false)
        let hexadecimal = try llvm.listing(program, hexadecimal: true)
        try #require(decimal.count == NotationSamples.all.count)
        var text = """
            // Written by `RECORD=1 swift test --filter NotationTests` from the output of llvm-objdump.

            /// Slots as little-endian numbers, then LLVM's text with decimal and hexadecimal numbers.
            let goldenNotation = \"\"\"

            """
        for (index, sample) in NotationSamples.all.enumerated() {
            let words = sample.encoded.map { String($0.word, radix: 16) }.joined(separator: " ")
            text += "    \(words) ~ \(decimal[index])\n"
            if decimal[index] != hexadecimal[index] { text += "    ~ \(hexadecimal[index])\n" }
        }
        text += "    \"\"\"\n"
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "GoldenNotation.swift")
        try Data(text.utf8).write(to: file)
    }
}
