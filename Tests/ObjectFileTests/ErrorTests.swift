import EBPFObjectFile
import Testing

/// Every refusal says where, what and what would be right.
@Suite struct ErrorTests {
    private func message(_ bytes: [UInt8]) -> String {
        do {
            _ = try ObjectFile(bytes, name: "x.o").specs()
            return ""
        } catch {
            return error.description
        }
    }

    /// An ELF header with some bytes changed.
    private func header(_ changes: [Int: UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + Array(repeating: 0, count: 57)
        bytes[16] = 1
        bytes[18] = 247
        bytes[58] = 64
        for (offset, byte) in changes { bytes[offset] = byte }
        return bytes
    }

    @Test func `what is no BPF object is named`() throws {
        let table: [([UInt8], String)] = [
            ([], "x.o: this is not an ELF file; expected an object made by clang --target=bpfel"),
            (
                Array("int main".utf8),
                "x.o: this is not an ELF file; expected an object made by clang --target=bpfel"
            ),
            (Array(header([:])[..<63]), "x.o: offset 0: expected 64 bytes, but only 63 are left"),
            (
                header([18: 62, 16: 2]),
                "x.o: this is an x86-64 executable, not a BPF object; "
                    + "compile with clang --target=bpfel -c"
            ),
            (
                header([18: 183, 16: 1]),
                "x.o: this is an arm64 object file, not a BPF object; "
                    + "compile with clang --target=bpfel -c"
            ),
            (
                header([4: 1]),
                "x.o: this is a 32-bit ELF file; BPF objects are 64-bit (clang --target=bpfel)"
            ),
            (
                header([16: 2]),
                "x.o: this is a linked executable; "
                    + "expected a relocatable object, as clang -c writes it"
            ),
            (header([6: 9]), "x.o: offset 6: version 9 is not known; the only one is 1"),
            (
                header([:]),
                "x.o: offset 40: the object has no table of sections; it may have been stripped"
            ),
            (header([40: 64, 58: 40]), "x.o: offset 58: entries have 40 bytes; expected 64"),
            (header([40: 64]), "x.o: offset 64: expected 64 bytes, but only 0 are left"),
            (
                header([47: 0xff]),
                "x.o: offset 9223372036854775807: "
                    + "expected 64 bytes, but only 0 are left"
            ),
        ]
        for (bytes, expected) in table { #expect(message(bytes) == expected) }
    }

    @Test func `a big-endian object says how to compile`() throws {
        #expect(
            message(try Fixture.bytes("big-endian"))
                == "x.o: this object is big-endian; compile with --target=bpfel"
        )
    }

    @Test func `an undefined function is named, with the place of the call`() throws {
        #expect(
            message(try Fixture.bytes("undefined"))
                == "x.o: function broken, slot 0: 'elsewhere' is not defined here; define it, "
                + "or declare it __ksym or __kconfig if the kernel has it"
        )
    }

    @Test func `a file that cannot be read says why`() throws {
        let absent = #expect(throws: ObjectFileError.self) {
            try ObjectFile(contentsOf: "/absent/file.o")
        }
        #expect(absent?.description == "/absent/file.o: No such file or directory")
        let endless = #expect(throws: ObjectFileError.self) {
            try ObjectFile(contentsOf: "/dev/zero")
        }
        #expect(
            endless?.description
                == "/dev/zero: the file has more than 64 MiB, which no BPF object needs"
        )
        #expect(throws: ObjectFileError.self) { try ObjectFile(contentsOf: "/") }
    }

    struct Damage: Sendable {
        let object: String
        /// Replaces the first occurrence of bytes by others.
        let from: [UInt8]
        let to: [UInt8]
        let message: String

        init(_ object: String, _ from: String, _ to: String, _ message: String) {
            self.object = object
            self.from = Array(from.utf8)
            self.to = Array(to.utf8)
            self.message = message
        }
    }

    /// Names of attributes in the type information, spoiled.
    static let damages: [Damage] = [
        Damage(
            "maps",
            "\0max_entries\0",
            "\0max_antries\0",
            "x.o: map first: maps have no attribute 'max_antries'"
        ),
        Damage(
            "maps",
            "\0pinning\0",
            "\0binning\0",
            "x.o: map flows: maps have no attribute 'binning'"
        ),
        Damage(
            "maps",
            "\0key_size\0",
            "\0key_sizE\0",
            "x.o: map jumps: maps have no attribute 'key_sizE'"
        ),
    ]

    @Test(arguments: damages) func `a damaged attribute is named`(
        _ damage: Damage
    ) throws {
        var bytes = try Fixture.bytes(damage.object)
        // The names are in the debugging information, too, which does not matter.
        for start in bytes.indices where bytes[start...].starts(with: damage.from) {
            bytes.replaceSubrange(start..<(start + damage.from.count), with: damage.to)
        }
        #expect(message(bytes) == damage.message)
    }

    typealias Place = ObjectFileError.Place
    typealias Reason = ObjectFileError.Reason

    static let messages: [(Place, Reason, String)] = [
        (
            .sectionHeader(3), .truncated(needed: 64, available: 8),
            "header of section 3: expected 64 bytes, but only 8 are left"
        ),
        (
            .section(".symtab"), .entrySize(found: 16, expected: 24),
            "section .symtab: entries have 16 bytes; expected 24"
        ),
        (
            .section("xdp"), .notMultiple(size: 12, of: 8),
            "section xdp: the size is 12; expected a multiple of 8"
        ),
        (
            .symbol(7), .noSuchSection(99, count: 12),
            "symbol 7: there is no section 99; the last one is 11"
        ),
        (
            .sectionOffset(".relxdp", 16), .noSuchSymbol(9, count: 4),
            "section .relxdp, offset 16: there is no symbol 9; the last one is 3"
        ),
        (
            .sectionOffset(".relxdp", 16), .noSuchSymbol(9, count: 0),
            "section .relxdp, offset 16: there is no symbol 9; the object has none"
        ),
        (
            .symbol(1), .badString(offset: 70),
            "symbol 1: there is no string at offset 70 of the table that ends with a zero byte "
                + "and has fewer than 2048 bytes"
        ),
        (
            .sectionOffset(".BTF.ext", 60), .outsideSection(offset: 80, size: 16),
            "section .BTF.ext, offset 60: "
                + "offset 80 is outside the section, which has 16 bytes"
        ),
        (
            .sectionHeader(2), .overlappingSections,
            "header of section 2: the sections have more bytes together than the file; "
                + "they overlap"
        ),
        (
            .variable("x"), .overlappingVariables(offset: 4),
            "variable x: it begins at offset 4, before the end of the variable before it"
        ),
        (
            .section(".bss"), .tooMuch("bytes of zeros", limit: 9),
            "section .bss: the object describes more than 9 bytes of zeros"
        ),
        (
            .section(".BTF.ext"), .wrongMagic(0x1234),
            "section .BTF.ext: it starts with 0x1234, not with 0xeb9f"
        ),
        (
            .section(".maps"), .noTypes,
            "section .maps: the object has no type information (.BTF), which this needs; "
                + "compile with -g"
        ),
        (
            .sectionOffset(".BTF.ext", 8), .unknownCOREKind(13),
            "section .BTF.ext, offset 8: there is no kind 13 of CO-RE relocations; "
                + "the last one is 12"
        ),
        (
            .symbol(2), .functionBounds(offset: 4, size: 8),
            "symbol 2: 8 bytes from offset 4 are not whole slots of eight within the section"
        ),
        (
            .sectionOffset(".relxdp", 0), .unknownRelocation(77),
            "section .relxdp, offset 0: relocation type 77 cannot be here; "
                + "BPF has 1 (64_64), 2 (ABS64), 3 (ABS32), 4 (NODYLD32) and 10 (64_32)"
        ),
        (
            .instruction(function: "f", slot: 3), .relocatedInstruction("a call"),
            "function f, slot 3: a relocation changes this instruction, but it is not a call"
        ),
        (
            .instruction(function: "f", slot: 3), .undefinedSymbol("memcpy"),
            "function f, slot 3: the compiler calls 'memcpy', which BPF does not have; "
                + "copy or clear less at once, or define a function of that name"
        ),
        (
            .instruction(function: "f", slot: 3), .noFunction(section: ".text", offset: 8),
            "function f, slot 3: no function begins at offset 8 of section .text"
        ),
        (
            .instruction(function: "f", slot: 3), .noMap(section: ".maps", offset: 8),
            "function f, slot 3: no map begins at offset 8 of section .maps"
        ),
        (
            .instruction(function: "f", slot: 3), .unreferableSection("license"),
            "function f, slot 3: programs cannot refer to section license, "
                + "only to maps, global data, functions and symbols of the kernel"
        ),
        (
            .map("m"), .missingAttribute("type"),
            "map m: attribute 'type' is missing; write __uint(type, …)"
        ),
        (
            .map("m"), .malformedAttribute("key", expected: "__type(key, …)"),
            "map m: attribute 'key' is malformed; write __type(key, …)"
        ),
        (
            .map("m"), .sizeConflict(attribute: "key", size: 4, typeSize: 8),
            "map m: key_size is 4, but the type of key has 8 bytes"
        ),
        (
            .map("m"), .unknownMapType(99),
            "map m: there is no map type 99; the last one is 33 (arena)"
        ),
        (
            .map("m"), .nestedInnerMap,
            "map m: the maps in a map of maps cannot hold maps themselves"
        ),
        (.program("p"), .duplicateName, "program p: there are two of this name; rename one"),
        (
            .file, .wrongMachine("an x86-64 executable", embedded: 1),
            "this is an x86-64 executable, not a BPF object, but one is embedded in it"
        ),
    ]

    @Test(arguments: messages) func `the message names place, fault and remedy`(
        _ row: (Place, Reason, String)
    ) {
        #expect(ObjectFileError(row.0, row.1).description == row.2)
    }
}
