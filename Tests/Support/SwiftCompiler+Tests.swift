public import EBPFCompilation

extension SwiftCompiler {
    /// The compiler for programs in Swift, with the `EBPFProgram` of this package.
    ///
    /// - Throws: ``CompilationError`` without a toolchain.
    public static func ofThisPackage() throws(CompilationError) -> SwiftCompiler {
        let path = #filePath
        let root = path.firstRange(of: "/Tests/").map { path[..<$0.lowerBound] } ?? ""
        return try SwiftCompiler(module: KernelModuleSources(directory: root + "/Sources/Program"))
    }
}
