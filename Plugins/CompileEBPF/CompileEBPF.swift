import Foundation
import PackagePlugin

/// Compiles the kernel programs that a target depends on, and writes a type for each through which
/// the target uses it.
///
/// A kernel program is a target of its own that imports `EBPFProgram`. An application that depends
/// on the target `FirewallProgram` and uses this plug-in gets the type `Firewall`.
///
/// A program that Linux would refuse is an error of the build, unless the environment says
/// `EBPF_VERIFY=no`.
@main
struct CompileEBPF: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let programs = target.dependencies.compactMap { dependency -> SwiftSourceModuleTarget? in
            guard case .target(let target) = dependency,
                let module = target as? SwiftSourceModuleTarget, module.isKernelProgram
            else { return nil }
            return module
        }
        guard !programs.isEmpty else {
            Diagnostics.warning(
                "\(target.name) uses CompileEBPF, but depends on no target that uses EBPFProgram")
            return []
        }
        return try programs.map { program in
            guard let library = program.kernelModule else { throw MissingModule() }
            let name = program.name.hasSuffix("Program")
                ? String(program.name.dropLast("Program".count)) : program.name + "Object"
            let output = context.pluginWorkDirectoryURL.appending(path: "\(name).swift")
            let sources = program.sourceFiles(withSuffix: ".swift").map(\.url)
                .sorted { $0.path < $1.path }
            let isVerified = ProcessInfo.processInfo.environment["EBPF_VERIFY"] != "no"
            return .buildCommand(
                displayName: "Compiling \(program.name) for the kernel",
                executable: try context.tool(named: "EBPFCompile").url,
                arguments: (isVerified ? [] : ["--no-verify"])
                    + [output.path, name, program.name, library.path] + sources.map(\.path),
                inputFiles: sources, outputFiles: [output])
        }
    }
}

/// The dependency on `EBPFProgram` is there, but not its sources.
struct MissingModule: Error, CustomStringConvertible {
    let description = "the sources of EBPFProgram were not found in the package swift-ebpf"
}

extension SwiftSourceModuleTarget {
    /// Whether the target imports the kernel's side.
    fileprivate var isKernelProgram: Bool { kernelModule != nil }

    /// Where the sources of the kernel's side are.
    fileprivate var kernelModule: URL? {
        for dependency in dependencies {
            switch dependency {
            case .product(let product) where product.name == "EBPFProgram":
                return product.targets.first?.directoryURL
            case .target(let target) where target.name == "EBPFProgram":
                return target.directoryURL
            default: continue
            }
        }
        return nil
    }
}
