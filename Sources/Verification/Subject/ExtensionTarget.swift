public import EBPFObjectFile

/// The program of which an extension (`freplace`) replaces a function.
///
/// A kernel looks at an extension as if it were that function: with its context, helpers and maps.
public struct ExtensionTarget: Sendable {
    /// The program.
    public let program: ProgramSpec
    /// The object that it belongs to.
    public let specs: ObjectSpecs
    /// The function that is replaced; `nil` for the one that the extension's section names.
    public let function: String?

    /// A function of a program of an object.
    public init(_ program: ProgramSpec, of specs: ObjectSpecs, function: String? = nil) {
        self.program = program
        self.specs = specs
        self.function = function
    }
}
