/// The header of an ELF file (`Elf64_Ehdr` in `elf.h`), with what is no BPF object refused.
///
/// ```
///  0      4       5      6         16       18        40        58        60       62
///  ┌──────┬───────┬──────┬───┈┈────┬────────┬───┈┈────┬───┈┈────┬─────────┬────────┬──────────┐
///  │ ␡ELF │ class │ data │ version │ e_type │ machine │ e_shoff │ shentsz │ e_shnum│ shstrndx │
///  └──────┴───────┴──────┴───┈┈────┴────────┴───┈┈────┴───┈┈────┴─────────┴────────┴──────────┘
/// ```
struct ELFHeader {
    static let byteCount = 64
    static let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]
    /// `EM_BPF`.
    static let machineBPF: UInt16 = 247
    /// `ET_REL`.
    static let typeRelocatable: UInt16 = 1

    /// Where the table of sections begins.
    let sectionTable: UInt64
    /// How many bytes each of its entries has.
    let sectionEntrySize: UInt16
    /// How many entries it has; 0 if the number did not fit and is in the first of them.
    let sectionCount: UInt16
    /// Which section holds the names; 0xffff if the number did not fit.
    let nameSection: UInt16

    /// Reads a header.
    ///
    /// - Parameter anyMachine: whether files that are no BPF objects are welcome, too.
    init(_ bytes: [UInt8], anyMachine: Bool = false) throws(ObjectFileError) {
        guard bytes.starts(with: Self.magic) else { throw ObjectFileError(.file, .notELF) }
        guard bytes.count >= Self.byteCount else {
            throw ObjectFileError(
                .offset(0),
                .truncated(needed: UInt64(Self.byteCount), available: bytes.count)
            )
        }
        if !anyMachine { try Self.checkMachine(bytes) }
        try Self.checkForm(bytes)
        if !anyMachine { try Self.checkType(bytes) }
        var fields = FieldReader(bytes, at: 40)
        sectionTable = fields.next()
        fields = FieldReader(bytes, at: 58)
        sectionEntrySize = fields.next()
        sectionCount = fields.next()
        nameSection = fields.next()
    }

    /// Refuses what is for other machines, with a hint at what to do.
    private static func checkMachine(_ bytes: [UInt8]) throws(ObjectFileError) {
        var fields = FieldReader(bytes, at: 16)
        var type: UInt16 = fields.next()
        var machine: UInt16 = fields.next()
        if bytes[5] == 2 { (type, machine) = (type.byteSwapped, machine.byteSwapped) }
        guard machine == machineBPF || machine == 0 else {
            let what = ELFMachine.describe(type: type, machine: machine)
            let embedded = EmbeddedObjects.find(in: bytes).count
            throw ObjectFileError(.file, .wrongMachine(what, embedded: embedded))
        }
    }

    private static func checkForm(_ bytes: [UInt8]) throws(ObjectFileError) {
        guard bytes[4] == 2 else { throw ObjectFileError(.file, .thirtyTwoBit) }
        guard bytes[5] == 1 else { throw ObjectFileError(.file, .bigEndian) }
        guard bytes[6] == 1
        else { throw ObjectFileError(.offset(6), .unknownVersion(UInt32(bytes[6]))) }
    }

    private static func checkType(_ bytes: [UInt8]) throws(ObjectFileError) {
        var fields = FieldReader(bytes, at: 16)
        let type: UInt16 = fields.next()
        guard type == typeRelocatable else {
            throw ObjectFileError(.file, .notRelocatable(ELFMachine.article(type: type)))
        }
    }
}

/// The words for what an ELF file is.
enum ELFMachine {
    /// "an x86-64 executable".
    static func describe(type: UInt16, machine: UInt16) -> String {
        let names: [UInt16: String] = [
            2: "a SPARC", 3: "an x86", 8: "a MIPS", 20: "a PowerPC", 21: "a 64-bit PowerPC",
            22: "an s390", 40: "an ARM", 62: "an x86-64", 183: "an arm64", 243: "a RISC-V",
            258: "a LoongArch",
        ]
        let name = names[machine] ?? "an ELF machine \(machine)"
        return "\(name) \(kind(type: type))"
    }

    /// "an executable".
    static func article(type: UInt16) -> String {
        switch type {
        case 2, 3: "a linked \(kind(type: type))"
        case 4: "a core dump"
        default: "an ELF file of type \(type)"
        }
    }

    private static func kind(type: UInt16) -> String {
        switch type {
        case 1: "object file"
        case 2: "executable"
        case 3: "executable or library"
        case 4: "core dump"
        default: "file of type \(type)"
        }
    }
}
