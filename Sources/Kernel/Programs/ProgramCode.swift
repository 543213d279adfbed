public import EBPFBytecode
public import EBPFTypeFormat

/// The code of a program as the kernel runs it: instructions, machine code, functions and lines.
public struct ProgramCode: Hashable, Sendable {
    /// The instructions as the verifier left them: maps resolved, context accesses rewritten, calls
    /// of helpers relative to the kernel. Empty where the kernel does not show them.
    public let instructions: [EncodedInstruction]
    /// The machine code of all functions, one after the other; empty when it is interpreted.
    public let machineCode: [UInt8]
    /// The functions, the program itself first.
    public let functions: [Function]
    /// The lines of source, by slot.
    public let lines: [Line]

    /// A function of a program.
    public struct Function: Hashable, Sendable {
        /// Where it begins in the instructions; `nil` if the program came without types.
        public let slot: Int?
        /// Its type, whose name is the function's; `nil` if the program came without types.
        public let type: TypeID?
        /// Where its machine code is in the kernel; 0 where the kernel does not tell.
        public let address: UInt64
        /// Its part of ``ProgramCode/machineCode``.
        public let machineCode: Range<Int>
        /// The digest of its instructions.
        public let tag: ProgramTag?
    }

    /// An instruction's line of source.
    public struct Line: Hashable, Sendable {
        /// The instruction.
        public let slot: Int
        /// The file's name, as an offset into the strings of the program's types.
        public let file: UInt32
        /// The text, as an offset into the strings of the program's types.
        public let text: UInt32
        /// The line's number, from 1.
        public let line: Int
        /// The column's number, from 1.
        public let column: Int
        /// Where the line's machine code begins in the kernel; `nil` where it does not tell.
        public let address: UInt64?
    }
}

extension KernelProgram {
    /// The program's code, with what is known about its source.
    ///
    /// Sizes may grow between asking and getting, so it asks until all had room.
    ///
    /// - Throws: ``KernelError``. What the kernel hides (`kptr_restrict`) is empty.
    public func code() throws(KernelError) -> ProgramCode {
        let action = "reading the code of \(self)"
        var sizes: ProgramInfo = try descriptor.info(action)
        while true {
            var memory = CallMemory()
            let request = CodeRequest(sizes, &memory)
            let answer = try descriptor.info(action, request.info)
            guard request.hasRoom(for: answer) else {
                sizes = answer
                continue
            }
            return ProgramCode(answer, memory)
        }
    }
}

/// The second question: the first one's sizes with room for each.
private struct CodeRequest {
    var info = ProgramInfo()

    init(_ sizes: ProgramInfo, _ memory: inout CallMemory) {
        info.translatedSize = sizes.translatedSize
        info.translated = memory.buffer(count: Int(sizes.translatedSize))
        info.machineCodeSize = sizes.machineCodeSize
        info.machineCode = memory.buffer(count: Int(sizes.machineCodeSize))
        info.symbolCount = sizes.symbolCount
        info.symbols = memory.buffer(count: Int(sizes.symbolCount) * 8)
        info.functionLengthCount = sizes.functionLengthCount
        info.functionLengths = memory.buffer(count: Int(sizes.functionLengthCount) * 4)
        info.tagCount = sizes.tagCount
        info.tags = memory.buffer(count: Int(sizes.tagCount) * 8)
        info.functionRecordSize = sizes.functionRecordSize
        info.functionCount = sizes.functionCount
        info.functions = memory.buffer(
            count: Int(sizes.functionCount) * Int(sizes.functionRecordSize))
        info.lineRecordSize = sizes.lineRecordSize
        info.lineCount = sizes.lineCount
        info.lines = memory.buffer(count: Int(sizes.lineCount) * Int(sizes.lineRecordSize))
        info.machineLineRecordSize = sizes.machineLineRecordSize
        info.machineLineCount = sizes.machineLineCount
        info.machineLines = memory.buffer(
            count: Int(sizes.machineLineCount) * Int(sizes.machineLineRecordSize))
    }

    func hasRoom(for answer: ProgramInfo) -> Bool {
        let sizes: [KeyPath<ProgramInfo, UInt32>] = [
            \.translatedSize, \.machineCodeSize, \.symbolCount, \.functionLengthCount, \.tagCount,
            \.functionRecordSize, \.functionCount, \.lineRecordSize, \.lineCount,
            \.machineLineRecordSize, \.machineLineCount,
        ]
        return sizes.allSatisfy { answer[keyPath: $0] <= info[keyPath: $0] }
    }
}

extension ProgramCode {
    fileprivate init(_ info: ProgramInfo, _ memory: borrowing CallMemory) {
        let bytes = memory.contents(of: info.translated, count: Int(info.translatedSize))
        instructions = EncodedInstruction.program(bytes) ?? []
        machineCode = memory.contents(of: info.machineCode, count: Int(info.machineCodeSize))
        functions = Self.functions(info, memory, machineCodeSize: machineCode.count)
        lines = Self.lines(info, memory)
    }

    private static func functions(
        _ info: ProgramInfo, _ memory: borrowing CallMemory, machineCodeSize: Int
    ) -> [Function] {
        let addresses = memory.numbers(UInt64.self, of: info.symbols, count: info.symbolCount)
        let lengths = memory.numbers(
            UInt32.self, of: info.functionLengths, count: info.functionLengthCount)
        let tags = memory.numbers(UInt64.self, of: info.tags, count: info.tagCount)
        let records = memory.records(
            of: info.functions, count: info.functionCount, size: info.functionRecordSize, words: 2)
        let count = max(addresses.count, lengths.count, records.count)
        var start = 0
        return (0..<count).map { index in
            let length = lengths.indices.contains(index) ? Int(lengths[index]) : 0
            let end = min(start + length, machineCodeSize)
            defer { start = end }
            let record = records.indices.contains(index) ? records[index] : nil
            return Function(
                slot: record.map { Int($0[0]) }, type: record.map { TypeID($0[1]) },
                address: addresses.indices.contains(index) ? addresses[index] : 0,
                machineCode: min(start, end)..<end,
                tag: tags.indices.contains(index) ? ProgramTag(rawValue: tags[index]) : nil)
        }
    }

    private static func lines(_ info: ProgramInfo, _ memory: borrowing CallMemory) -> [Line] {
        let records = memory.records(
            of: info.lines, count: info.lineCount, size: info.lineRecordSize, words: 4)
        let addresses = memory.records(
            of: info.machineLines, count: info.machineLineCount, size: info.machineLineRecordSize,
            words: 2)
        return records.enumerated().map { index, record in
            let address = addresses.indices.contains(index) ? addresses[index] : nil
            return Line(
                slot: Int(record[0]), file: record[1], text: record[2],
                line: Int(record[3] >> 10), column: Int(record[3] & 0x3ff),
                address: address.map { UInt64($0[0]) | UInt64($0[1]) << 32 })
        }
    }
}
