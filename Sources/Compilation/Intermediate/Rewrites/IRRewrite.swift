/// One change to a module on its way from Swift's compiler to clang.
protocol IRRewrite {
    /// Changes the module.
    ///
    /// - Throws: ``IntermediateError`` for a shape that is not known; nothing is guessed.
    func apply(to module: inout IRModule) throws(IntermediateError)
}
