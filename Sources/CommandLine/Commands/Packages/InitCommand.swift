import ArgumentParser
import Foundation

/// `ebpf init`: a new package with a kernel program in Swift and an application for it.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Makes a package with a kernel program in Swift and an application for it.",
        discussion: """
            ebpf init --xdp Firewall
            ebpf init --trace ExecSnoop --package ../swift-ebpf

            The kernel program is a target of its own, NAMEProgram. The plug-in CompileEBPF compiles
            it whenever it changes and writes the type NAME, by which the application loads it.
            """)

    @Argument(help: "The name of the package, and of the type by which programs are used.")
    var name: String

    @Flag(help: "A program for packets, or one that watches the kernel.")
    var kind: Kind

    @Option(help: ArgumentHelp("Where to make it; NAME in this directory.", valueName: "directory"))
    var directory: String?

    @Option(
        name: .customLong("package"),
        help: ArgumentHelp("A copy of swift-ebpf to use.", valueName: "directory"))
    var package: String?

    /// The kinds of packages.
    enum Kind: String, EnumerableFlag {
        /// A program for packets.
        case xdp
        /// A program at a tracepoint.
        case trace
    }

    func validate() throws {
        let isName =
            name.first.map { $0.isUppercase } ?? false
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard isName, !name.hasSuffix("Program") else {
            throw ValidationError(
                "\(name) cannot be a type: begin with a capital letter, use letters and digits, "
                    + "and do not end in \"Program\"")
        }
    }

    func run() throws {
        let root = directory ?? name
        guard !FileManager.default.fileExists(atPath: root)
        else { throw Failure(message: "\(root) is there already; name another with --directory") }
        for (path, text) in PackageTemplate(name: name, kind: kind, package: package).files {
            let file = "\(root)/\(path)"
            let folder = (file as NSString).deletingLastPathComponent
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true)
                try text.write(toFile: file, atomically: true, encoding: .utf8)
            } catch {
                throw Failure(message: "\(file): cannot be written: \(error.localizedDescription)")
            }
            Terminal.say(file)
        }
        Terminal.say("next: cd \(root) && swift test")
    }
}
