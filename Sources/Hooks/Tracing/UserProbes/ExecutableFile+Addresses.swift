public import EBPFKernel

/// The names of what an executable defines, to be found by addresses.
public struct ExecutableNames: Sendable {
    /// The tables of symbols (`Elf64_Sym`) with their strings.
    private let tables: [(symbols: [UInt8], strings: ByteFields)]

    init(_ file: ExecutableFile) throws(KernelError) {
        let (symbols, exported): (UInt32, UInt32) = (2, 11)
        var tables: [(symbols: [UInt8], strings: ByteFields)] = []
        let hasSymbols = file.sections.contains { $0.kind == symbols }
        for section in file.sections
        where section.kind == (hasSymbols ? symbols : exported)
            && file.sections.indices.contains(Int(section.link))
        {
            let strings = ByteFields(try file.contents(of: file.sections[Int(section.link)]))
            tables.append((try file.contents(of: section), strings))
        }
        self.tables = tables
    }

    /// The names of the functions and variables at an address of the file.
    public func names(at address: UInt64) -> [String] {
        tables.flatMap { table in
            Self.offsets(of: address, in: table.symbols).map { table.strings.string(at: Int($0)) }
        }
    }

    /// Where the names are of the symbols at an address.
    ///
    /// Tables have hundreds of thousands of symbols, and this is asked for in debug builds: the
    /// bytes are read without the checks of an array.
    private static func offsets(of address: UInt64, in symbols: [UInt8]) -> [UInt32] {
        unsafe symbols.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return [] }
            var offsets: [UInt32] = []
            var place = 0
            let end = bytes.count - 24
            while place <= end {
                // SAFETY: the 24 bytes of the entry are inside.
                if unsafe (start + place + 8).loadUnaligned(as: UInt64.self) == address,
                    unsafe (start + place + 6).loadUnaligned(as: UInt16.self) != 0
                {
                    unsafe offsets.append((start + place).loadUnaligned(as: UInt32.self))
                }
                place &+= 24
            }
            return offsets
        }
    }
}

extension ExecutableFile {
    /// The names of what the file defines.
    ///
    /// - Throws: ``KernelError`` if the file cannot be read.
    public func definedNames() throws(KernelError) -> ExecutableNames { try ExecutableNames(self) }

    /// Whether an address of the file is in memory when the file is loaded.
    public func contains(address: UInt64) -> Bool {
        segments.contains { address >= $0.address && address - $0.address < $0.memorySize }
    }

    /// The address in the file of what is loaded first.
    public var firstAddress: UInt64 { segments.map { $0.address &- $0.offset }.min() ?? 0 }
}
