/// An object file of BPF programs, as compilers write it: an ELF file with the machine type BPF.
///
/// ```swift
/// let object = try ObjectFile(contentsOf: "drop.bpf.o")
/// var specs = try object.specs()
/// try specs.variables["port"]?.set(UInt16(53))
/// ```
///
/// Files of clang 11 and later, gcc and rustc are read. Nothing in a file is trusted: a damaged
/// one gives an ``ObjectFileError`` with the place of the damage.
public struct ObjectFile: Sendable {
    /// The object's name, for messages and as a prefix of map names in a kernel.
    public let name: String
    let elf: ELFFile

    /// Reads an object from its bytes.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: what messages call it.
    /// - Throws: ``ObjectFileError`` if it is not a BPF object or its tables are damaged.
    public init(_ bytes: [UInt8], name: String = "") throws(ObjectFileError) {
        guard bytes.count <= Limits.file else {
            throw ObjectFileError(object: name, .file, .fileTooLarge(limit: Limits.file))
        }
        self.name = name
        do {
            elf = try ELFFile(bytes)
        } catch {
            throw error.named(name)
        }
    }

    /// Reads an object file.
    ///
    /// - Throws: ``ObjectFileError``, also if the file cannot be opened or read.
    public init(contentsOf path: String) throws(ObjectFileError) {
        try self.init(try Self.bytes(contentsOf: path), name: path)
    }

    /// What the object describes: its programs, maps and variables.
    ///
    /// - Throws: ``ObjectFileError``
    public func specs() throws(ObjectFileError) -> ObjectSpecs {
        do {
            return try ObjectReader(elf).specs(name: name)
        } catch {
            throw error.named(name)
        }
    }
}

extension ObjectFile {
    /// A section, for those who list them.
    public struct Section: Hashable, Sendable {
        /// Its number.
        public let index: Int
        /// Its name.
        public let name: String
        /// Where it begins in the file, in bytes.
        public let offset: Int
        /// How many bytes it has in memory.
        public let size: Int
        /// Whether it holds instructions.
        public let isExecutable: Bool
    }

    /// The sections in the order of the file, without the unused first one.
    public var sections: [Section] {
        elf.sections.dropFirst().map {
            Section(
                index: $0.index,
                name: $0.name,
                offset: $0.range.lowerBound,
                size: $0.size,
                isExecutable: $0.flags.contains(.executable)
            )
        }
    }
}
