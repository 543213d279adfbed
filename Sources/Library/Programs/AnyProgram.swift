public import EBPFBytecode
public import EBPFExecution
public import EBPFKernel
public import EBPFObjectFile

/// A loaded program without knowledge of its kind: for tools, and what the kinds stand on.
public struct AnyProgram: Sendable {
    enum Storage: Sendable {
        case kernel(KernelProgram)
        case userSpace(UserSpaceProgram)
    }

    let storage: Storage

    init(_ program: KernelProgram) { storage = .kernel(program) }
    init(_ program: UserSpaceProgram) { storage = .userSpace(program) }

    /// The name of its function in the source.
    public var name: String {
        switch storage {
        case .kernel(let program): program.name
        case .userSpace(let program): program.name
        }
    }

    /// The kind of program.
    public var type: ProgramType {
        switch storage {
        case .kernel(let program): program.type
        case .userSpace(let program): program.type
        }
    }

    /// What it was loaded from; `nil` for one that was found in the kernel.
    public var spec: ProgramSpec? {
        switch storage {
        case .kernel(let program): program.spec
        case .userSpace(let program): program.spec
        }
    }

    /// The program in the kernel, for what only a kernel can do; `nil` in user space.
    public var kernelProgram: KernelProgram? {
        if case .kernel(let program) = storage { program } else { nil }
    }

    /// The program in this process; `nil` in the kernel.
    public var userSpaceProgram: UserSpaceProgram? {
        if case .userSpace(let program) = storage { program } else { nil }
    }
}

extension AnyProgram: CustomStringConvertible {
    /// The program as messages name it.
    public var description: String { "program \(name)" }
}
