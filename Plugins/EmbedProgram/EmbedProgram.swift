import Foundation
import PackagePlugin

/// Puts the sources of the module `EBPFProgram` into the command, which compiles them for the kernel.
@main
struct EmbedProgram: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Sources/Program")
        let sources =
            (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".swift") }.sorted()
            .map { folder.appending(path: $0) }
        let output = context.pluginWorkDirectoryURL.appending(path: "ProgramSources.swift")
        return [
            .buildCommand(
                displayName: "Embedding the sources of EBPFProgram",
                executable: try context.tool(named: "EmbedSources").url,
                arguments: [output.path] + sources.map(\.path),
                inputFiles: sources, outputFiles: [output])
        ]
    }
}
