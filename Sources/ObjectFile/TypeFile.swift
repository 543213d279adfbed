public import EBPFTypeFormat

extension BTF {
    /// Reads types from the bytes of a file: bare type information, as in `/sys/kernel/btf`, or an
    /// ELF file of any machine with a section `.BTF`: an object, a module, a kernel.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - base: the types that these extend. A module that carries a digest of its kernel's types
    ///     (`.BTF.base`) is read with that if there is nothing better.
    /// - Throws: ``ObjectFileError`` if it is neither, has no types, or extends others and `base`
    ///   is missing.
    public init(file bytes: [UInt8], base: BTF? = nil) throws(ObjectFileError) {
        guard bytes.starts(with: ELFHeader.magic) else {
            self = try Self.read(bytes, base, .file)
            return
        }
        let header = try ELFHeader(bytes, anyMachine: true)
        let sections = try ELFSectionTable(bytes, header: header).sections()
        guard let section = sections.first(where: { $0.name == ".BTF" }), !section.range.isEmpty
        else { throw ObjectFileError(.file, .missing("section .BTF")) }
        var base = base
        if base == nil, let digest = sections.first(where: { $0.name == ".BTF.base" }) {
            base = try Self.read(Array(bytes[digest.range]), nil, .section(".BTF.base"))
        }
        self = try Self.read(Array(bytes[section.range]), base, .section(".BTF"))
    }

    /// Reads types from a file; see ``init(file:base:)``.
    ///
    /// - Throws: ``ObjectFileError``, also if the file cannot be opened or read.
    public init(contentsOf path: String, base: BTF? = nil) throws(ObjectFileError) {
        let bytes = try ObjectFile.bytes(contentsOf: path)
        do { try self.init(file: bytes, base: base) } catch { throw error.named(path) }
    }

    private static func read(
        _ bytes: [UInt8],
        _ base: BTF?,
        _ place: ObjectFileError.Place
    ) throws(ObjectFileError) -> BTF {
        do throws(BTFError) {
            if base == nil, BTF.needsBase(bytes) { throw BTFError(.header, .needsBase) }
            return try BTF(bytes, base: base)
        } catch {
            throw ObjectFileError(place, .types(error))
        }
    }
}
