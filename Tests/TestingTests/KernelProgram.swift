import EBPFCompilation
import EBPFObjectFile
import EBPFTestSupport
import EBPFTesting

/// The kernel programs of `Tests/KernelPrograms` and `Examples`, compiled: each once.
enum KernelProgram {
    /// Whether kernel programs can be compiled here.
    static var isCompilable: Bool { (try? SwiftCompiler.ofThisPackage()) != nil }

    /// What a source of this package compiles to.
    static func specs(_ path: String) async throws -> ObjectSpecs {
        try await compiled.specs(path)
    }

    private static let compiled = Compiled()

    private actor Compiled {
        private var programs: [String: Task<ObjectSpecs, any Error>] = [:]

        func specs(_ path: String) async throws -> ObjectSpecs {
            let task =
                programs[path]
                ?? Task {
                    let here = #filePath
                    let root = here.firstRange(of: "/Tests/").map { here[..<$0.lowerBound] } ?? ""
                    let program = try await SwiftCompiler.ofThisPackage()
                        .compile(["\(root)/\(path)"])
                    return try ObjectFile(program.bytes, name: path).specs()
                }
            programs[path] = task
            return try await task.value
        }
    }
}
