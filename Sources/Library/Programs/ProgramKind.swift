public import EBPFBytecode
import EBPFKernel

/// A loaded program of one kind, with the ways to attach and run it that the kind has.
///
/// A hook that a kind does not have is no member of its type, so a wrong attachment does not
/// compile. ``LoadedObject/program(_:as:)`` opens one.
public protocol ProgramKind: Sendable, CustomStringConvertible {
    /// The kinds of programs that can be opened so.
    static var programTypes: [ProgramType] { get }
    /// Where programs of this kind are attached, when the type alone does not say it; empty for
    /// anywhere.
    static var attachTypes: [AttachType] { get }
    /// The program behind it.
    var program: AnyProgram { get }

    /// Takes over a program that has been checked.
    init(checked program: AnyProgram)
}

extension ProgramKind {
    /// Anywhere.
    public static var attachTypes: [AttachType] { [] }

    /// Opens a program of this kind.
    ///
    /// - Throws: ``BindingError`` if it is of another kind.
    public init(_ program: AnyProgram) throws(BindingError) {
        guard Self.programTypes.contains(program.type) else {
            throw BindingError(
                .program, program.name,
                .kind(
                    is: "a program of type \(program.type.name)",
                    remedy: "\(Self.self) takes \(Self.expected)"))
        }
        if let attachType = program.spec?.attachType, !Self.attachTypes.isEmpty,
            !Self.attachTypes.contains(attachType)
        {
            throw BindingError(
                .program, program.name,
                .kind(
                    is: "made for the hook \(attachType.name)",
                    remedy: "\(Self.self) takes "
                        + Self.attachTypes.map(\.name).joined(separator: ", ")))
        }
        self.init(checked: program)
    }

    private static var expected: String { programTypes.map(\.name).joined(separator: ", ") }

    /// The program's name.
    public var name: String { program.name }

    /// The program as messages name it.
    public var description: String { program.description }

    /// The program in the kernel, or an error that says what to do without one.
    ///
    /// - Parameters:
    ///   - hook: where it was to be attached, for the message.
    ///   - instead: what can be done in user space.
    func attachable(
        to hook: @autoclosure () -> String, instead: String
    ) throws(KernelError) -> KernelProgram {
        guard let kernelProgram = program.kernelProgram else {
            throw KernelError(
                "attaching \(program) to \(hook())", .operationNotSupported,
                reason: "it is loaded in user space, which has no such hook",
                remedy: "\(instead), or load the object with Host.kernel")
        }
        return kernelProgram
    }
}
