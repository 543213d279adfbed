import EBPFTestSupport
import EBPFTesting
import Testing

/// A form of a kernel program that needs neither root nor a kernel.
enum Form: String, CaseIterable, CustomTestStringConvertible {
    case native, machine

    var testDescription: String { rawValue }

    /// The form of the program in a source of this package.
    func world(_ source: String) async throws -> TestWorld.Form {
        switch self {
        case .native: .native
        case .machine: .machine(try await KernelProgram.specs(source))
        }
    }

    /// Those that can be had here.
    static var all: [Form] { KernelProgram.isCompilable ? allCases : [.native] }
}
