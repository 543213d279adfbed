import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat
import Foundation
import Testing

/// The tools of Debian's package `libbpf-tools`: each carries an object that clang 14 compiled.
@Suite(.enabled(if: InstalledTools.isInstalled, "package libbpf-tools is not installed"))
struct InstalledToolsTests {
    @Test(arguments: InstalledTools.paths)
    func `the object in an installed tool is read whole`(_ path: String) throws {
        let bytes = try ObjectFile.bytes(contentsOf: path)
        let objects = ObjectFile.embedded(in: bytes)
        try #require(objects.count == 1)
        let specs = try ObjectFile(objects[0].bytes, name: path).specs()
        #expect(specs.license.contains("GPL"))
        #expect(specs.types != nil)
        #expect(!specs.programs.isEmpty)
        for program in specs.programs.values {
            #expect(program.type != .unspecified, "\(program.section)")
            #expect(program.functions.first?.slot == 0)
            #expect(program.functions.allSatisfy { $0.type != nil })
            #expect(program.lines.first?.slot == 0)
            #expect(program.references.allSatisfy { $0.slot < program.instructions.count })
        }
        try checkDataSections(specs)
    }

    /// Variables agree with the types: bpftool has filled in offsets and sizes of these objects.
    private func checkDataSections(_ specs: ObjectSpecs) throws {
        let types = try #require(specs.types)
        for map in specs.maps.values {
            guard map.contents != nil, let section = try types.dataSection(map.name) else {
                continue
            }
            #expect(section.size == Int(map.valueSize))
            let variables = specs.variables.values.filter { $0.map == map.name }
            for entry in section.variables {
                let name = try types.name(of: entry.type)
                let variable = try #require(variables.first { $0.name == name })
                #expect(variable.offset == entry.offset && variable.size == entry.size)
            }
        }
    }

    @Test(
        .enabled(if: InstalledTools.readelf != nil, "llvm-readelf is not installed"),
        arguments: InstalledTools.paths
    )
    func `programs and maps are those that readelf lists`(_ path: String) throws {
        let object = try #require(
            ObjectFile.embedded(in: try ObjectFile.bytes(contentsOf: path)).first
        )
        let specs = try ObjectFile(object.bytes, name: path).specs()
        let listing = try InstalledTools.list(object.bytes)
        var programs: [String: Int] = [:]
        var maps: Set<String> = []
        for symbol in listing.symbols where symbol.binding == "GLOBAL" || symbol.binding == "WEAK" {
            let section = listing.sections[symbol.section] ?? ""
            if symbol.kind == "FUNC", section != ".text" { programs[symbol.name] = symbol.size / 8 }
            if symbol.kind == "OBJECT", section == ".maps" { maps.insert(symbol.name) }
        }
        let own = specs.programs.mapValues { program in
            program.functions.count > 1 ? program.functions[1].slot : program.instructions.count
        }
        #expect(
            Dictionary(uniqueKeysWithValues: own.elements.map { ($0.key, $0.value) }) == programs
        )
        #expect(Set(specs.maps.values.filter { $0.section == ".maps" }.map(\.name)) == maps)
        for (index, section) in listing.sections {
            guard [".rodata", ".data", ".bss"].contains(section) else { continue }
            let size = listing.sizes[index] ?? 0
            #expect(specs.maps[section].map { Int($0.valueSize) } ?? 0 == size)
        }
    }
}

/// Where the tools are, and what other programs say about them.
enum InstalledTools {
    private static let list = "/var/lib/dpkg/info/libbpf-tools.list"

    static let paths: [String] = {
        guard let text = try? String(contentsOfFile: list, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map(String.init).filter {
            guard $0.hasPrefix("/usr/sbin/") else { return false }
            let attributes = try? FileManager.default.attributesOfItem(atPath: $0)
            return attributes?[.type] as? FileAttributeType == .typeRegular
        }
    }()

    static var isInstalled: Bool { !paths.isEmpty }

    static let readelf = ["/usr/bin/llvm-readelf", "/usr/bin/llvm-readelf-14"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    struct Listing {
        var sections: [Int: String] = [:]
        var sizes: [Int: Int] = [:]
        var symbols: [(name: String, size: Int, kind: String, binding: String, section: Int)] = []
    }

    /// What `llvm-readelf -S -s` says.
    static func list(_ object: [UInt8]) throws -> Listing {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("objectfile-\(UUID().uuidString).o")
        try Data(object).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(readelf))
        process.arguments = ["-S", "-s", "-W", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return parse(String(decoding: output, as: UTF8.self))
    }

    private static func parse(_ text: String) -> Listing {
        var listing = Listing()
        for line in text.split(separator: "\n") {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("["), let close = trimmed.firstIndex(of: "]"),
                let index = Int(trimmed[..<close].dropFirst().filter { $0 != " " })
            {
                let words = trimmed[trimmed.index(after: close)...].split(separator: " ")
                guard words.count > 5, index > 0 else { continue }
                listing.sections[index] = String(words[0])
                listing.sizes[index] = Int(words[4], radix: 16)
            } else {
                let words = trimmed.split(separator: " ")
                guard words.count == 8, words[0].hasSuffix(":"), let size = Int(words[2]),
                    let section = Int(words[6])
                else { continue }
                listing.symbols.append(
                    (String(words[7]), size, String(words[3]), String(words[4]), section)
                )
            }
        }
        return listing
    }
}
