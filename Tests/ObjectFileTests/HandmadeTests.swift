import EBPFBytecode
import EBPFObjectFile
import Testing

/// Objects that no compiler of today writes: old ones, odd ones and hostile ones.
@Suite struct HandmadeTests {
    /// `r0 = 1; exit`.
    static let trivial: [UInt64] = [0x0000_0001_0000_00b7, 0x95]

    private func specs(_ builder: ELFBuilder) throws -> ObjectSpecs {
        try ObjectFile(builder.build(), name: "x.o").specs()
    }

    private func message(_ builder: ELFBuilder) -> String {
        do {
            _ = try specs(builder)
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func `an object of an old compiler has no machine`() throws {
        var builder = ELFBuilder.program("socket", Self.trivial)
        builder.machine = 0
        builder.symbols = [.init(name: "filter", section: 1, size: 16)]
        #expect(try specs(builder).programs["filter"]?.type == .socketFilter)
    }

    @Test func `numbers of sections may be in the first section`() throws {
        var builder = ELFBuilder.program("xdp", Self.trivial)
        builder.symbols = [.init(name: "pass", section: 1, size: 16)]
        builder.hasExtendedNumbers = true
        #expect(try specs(builder).programs["pass"]?.instructions.count == 2)
    }

    @Test func `code without symbols is one program named like its section`() throws {
        let specs = try specs(.program(".text", Self.trivial))
        #expect(specs.programs.keys == [".text"])
        #expect(specs.programs[".text"]?.type == .unspecified)
    }

    @Test func `code with global symbols that are no functions is split at them`() throws {
        var builder = ELFBuilder.program("xdp", Self.trivial + Self.trivial)
        builder.symbols = [
            .init(name: "second", info: 0x10, section: 1, value: 16),
            .init(name: "first", info: 0x10, section: 1),
            .init(name: "label", info: 0x00, section: 1, value: 8),
        ]
        let specs = try specs(builder)
        #expect(specs.programs.keys == ["first", "second"])
        #expect(specs.programs.values.allSatisfy { $0.instructions.count == 2 })
    }

    @Test func `in an object that is all .text the global functions are programs`() throws {
        // main: call local_func; exit
        var builder = ELFBuilder.program(".text", [0x0000_0001_0000_1085, 0x95] + Self.trivial)
        builder.symbols = [
            .init(name: "local_func", info: 0x02, section: 1, value: 16, size: 16),
            .init(name: "main", section: 1, size: 16),
        ]
        let program = try #require(try specs(builder).programs["main"])
        #expect(program.functions.map(\.name) == ["main", "local_func"])
        #expect(program.instructions.count == 4)
        #expect(program.instructions[0].immediate == 1)
    }

    @Test func `two functions at one place are two programs`() throws {
        var builder = ELFBuilder.program("xdp", Self.trivial)
        builder.symbols = [
            .init(name: "name", section: 1, size: 16), .init(name: "alias", section: 1, size: 16),
        ]
        #expect(try specs(builder).programs.keys == ["name", "alias"])
    }

    @Test func `a function that is not whole slots is refused`() throws {
        var builder = ELFBuilder.program("tc", Self.trivial)
        builder.symbols = [.init(name: "half", section: 1, size: 12)]
        #expect(
            message(builder)
                == "x.o: symbol 1: 12 bytes from offset 0 are not whole slots of eight "
                + "within the section"
        )
    }

    @Test func `calls into the middle of a function are refused`() throws {
        let builder = ELFBuilder.program("xdp", [0x0000_0000_0000_1085, 0x95])
        #expect(
            message(builder)
                == "x.o: function xdp, slot 0: no function begins at offset 8 of section xdp"
        )
    }

    @Test func `a constant that ends with its function is refused`() throws {
        let builder = ELFBuilder.program("xdp", [0x95, 0x18])
        #expect(
            message(builder)
                == "x.o: function xdp, slot 1: expected 16 bytes, but only 8 are left"
        )
    }

    @Test func `relocations are checked`() throws {
        // Offset, symbol << 32 | type, and what is said about them.
        let table: [(UInt64, UInt64, String)] = [
            (
                16, 1 << 32 | 1,
                "section .relxdp, offset 0: "
                    + "offset 16 is outside the section, which has 16 bytes"
            ),
            (
                0, 9 << 32 | 1,
                "section .relxdp, offset 0: "
                    + "there is no symbol 9; the last one is 1"
            ),
            (
                0, 1 << 32 | 3,
                "function pass, slot 0: a relocation changes this instruction, "
                    + "but it is not a call or a 64-bit constant"
            ),
            (
                0, 1 << 32 | 99,
                "section .relxdp, offset 0: relocation type 99 cannot be here; "
                    + "BPF has 1 (64_64), 2 (ABS64), 3 (ABS32), 4 (NODYLD32) and 10 (64_32)"
            ),
            (
                3, 1 << 32 | 1,
                "function pass, slot 0: a relocation changes this instruction, "
                    + "but it is not changed once and as a whole"
            ),
        ]
        for (offset, info, expected) in table {
            var builder = ELFBuilder.program("xdp", Self.trivial)
            builder.sections.append(
                .init(
                    name: ".relxdp",
                    type: 9,
                    bytes: ELFBuilder.bytes(offset)
                        + ELFBuilder.bytes(info),
                    link: 3,
                    info: 1,
                    entrySize: 16
                )
            )
            builder.symbols = [.init(name: "pass", section: 1, size: 16)]
            #expect(message(builder) == "x.o: " + expected)
        }
    }

    @Test func `sections that overlap are refused before they are copied`() throws {
        var builder = ELFBuilder.program("xdp", Self.trivial)
        for _ in 0..<1000 {
            builder.sections.append(.init(name: ".data", size: 60_000, offset: 64))
        }
        #expect(message(builder).hasSuffix("bytes together than the file; they overlap"))
    }

    @Test(arguments: [UInt64.max, 1 << 40, 65 << 20])
    func `more zeros than memory should hold are refused`(_ size: UInt64) throws {
        var builder = ELFBuilder.program("xdp", Self.trivial)
        builder.sections.append(.init(name: ".bss", type: 8, size: size))
        #expect(
            message(builder)
                == "x.o: section .bss: the object describes more than 67108864 bytes of zeros"
        )
    }

    @Test func `names that share a long string are refused`() throws {
        var builder = ELFBuilder.program("xdp", Self.trivial)
        builder.symbols = [.init(name: String(repeating: "a", count: 3000), section: 1)]
        #expect(message(builder).hasPrefix("x.o: symbol 1: there is no string at offset 1 "))
    }

    @Test func `a program longer than any verifier reads is refused`() throws {
        let builder = ELFBuilder.program("xdp", Array(repeating: 0x95, count: 1_000_001))
        #expect(
            message(builder)
                == "x.o: program xdp: "
                + "the object describes more than 1000000 instructions in a program"
        )
    }

    @Test(.enabled(if: RobustnessTests.rounds != nil, "slow: set MUTATIONS to a number"))
    func `programs are not copied without end`() throws {
        // Every alias of one long function would be a program of its own.
        var builder = ELFBuilder.program("xdp", Array(repeating: 0x95, count: 10_000))
        builder.symbols = (0..<1000).map { .init(name: "p\($0)", section: 1) }
        #expect(
            message(builder).hasSuffix(
                "the object describes more than 4000000 instructions in all programs"
            )
        )
    }

    @Test func `sections of the same name become maps of different names`() throws {
        var builder = ELFBuilder.program("xdp", Self.trivial)
        builder.sections += [
            .init(name: ".rodata", bytes: [1]), .init(name: ".rodata", bytes: [2, 3]),
        ]
        let specs = try specs(builder)
        #expect(specs.maps[".rodata"]?.contents == [1])
        #expect(specs.maps[".rodata#2"]?.contents == [2, 3])
    }

    @Test func `a map definition needs five fields`() throws {
        var builder = ELFBuilder.program("xdp", Self.trivial)
        builder.sections.append(.init(name: "maps", bytes: Array(repeating: 1, count: 16)))
        #expect(
            message(builder) == "x.o: section maps: the object has no symbols of maps; "
                + "it may have been stripped"
        )
        builder.symbols = [.init(name: "short", info: 0x11, section: 2)]
        #expect(
            message(builder)
                == "x.o: section maps, offset 0: expected 20 bytes, but only 16 are left"
        )
    }

    @Test func `objects are found within other files`() throws {
        let object = ELFBuilder.program("xdp", Self.trivial).build()
        let other = try Fixture.bytes("core")
        let file = Array(repeating: UInt8(0x7f), count: 11) + object + [1, 2, 3] + other + [0]
        let found = ObjectFile.embedded(in: file)
        #expect(found.map(\.offset) == [11, 14 + object.count])
        #expect(found.map(\.bytes) == [object, other])
        #expect(ObjectFile.embedded(in: Array(file[..<(object.count)])).isEmpty)
    }

    @Test func `sections can be listed`() throws {
        let object = try ObjectFile(
            ELFBuilder.program("xdp", Self.trivial).build(),
            name: "x.o"
        )
        #expect(object.sections.map(\.name) == ["xdp", ".symtab", ".strtab"])
        #expect(object.sections[0].isExecutable && object.sections[0].size == 16)
        #expect(object.sections[0].offset == 64)
    }
}
