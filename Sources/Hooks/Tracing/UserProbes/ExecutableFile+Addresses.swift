public import EBPFKernel

extension ExecutableFile {
    /// The names of what is defined at addresses of the file: functions and variables.
    ///
    /// - Throws: ``KernelError`` if the file cannot be read.
    public func names() throws(KernelError) -> [UInt64: [String]] {
        let (symbols, exported): (UInt32, UInt32) = (2, 11)
        var names: [UInt64: [String]] = [:]
        let tables = sections.filter { $0.kind == symbols }
        for table in tables.isEmpty ? sections.filter({ $0.kind == exported }) : tables {
            try collect(table, into: &names)
        }
        return names
    }

    private func collect(
        _ table: Section, into names: inout [UInt64: [String]]
    ) throws(KernelError) {
        guard sections.indices.contains(Int(table.link)) else { return }
        let symbols = ByteFields(try contents(of: table))
        let strings = ByteFields(try contents(of: sections[Int(table.link)]))
        for index in 0..<symbols.bytes.count / 24 {
            let start = index * 24
            guard let info = symbols.number(at: start + 4, UInt8.self),
                let section = symbols.number(at: start + 6, UInt16.self), section != 0,
                let name = symbols.number(at: start, UInt32.self),
                let address = symbols.number(at: start + 8, UInt64.self)
            else { continue }
            let (variable, function): (UInt8, UInt8) = (1, 2)
            guard info & 0xf == variable || info & 0xf == function else { continue }
            names[address, default: []].append(strings.string(at: Int(name)))
        }
    }

    /// Whether an address of the file is in memory when the file is loaded.
    public func contains(address: UInt64) -> Bool {
        segments.contains { address >= $0.address && address - $0.address < $0.memorySize }
    }

    /// The address in the file of what is loaded first.
    public var firstAddress: UInt64 { segments.map { $0.address &- $0.offset }.min() ?? 0 }
}
