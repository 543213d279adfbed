import EBPFBytecode
import EBPFObjectFile
import EBPFVerification

/// What of a program runs: its code, and where it came from.
///
/// Prog arrays and timers hold bodies, not ``UserSpaceProgram``s: those keep all maps in place that the
/// code names, the prog array itself among them, so that nothing of an object would ever be freed. A body
/// keeps the others: machine code touches their values without asking.
final class ProgramBody: Sendable {
    /// What it was made from.
    let spec: ProgramSpec
    /// What runs.
    let code: Code
    /// What is known of it before it runs.
    let standing: ProgramStanding
    /// How its machine code is entered, if it was compiled.
    let launch: CompiledProgram.Launch?
    private let registrations: [MapRegistration]

    init(
        spec: ProgramSpec, code: Code, standing: ProgramStanding = .unverified,
        registrations: [MapRegistration] = []
    ) {
        self.registrations = registrations
        self.spec = spec
        self.code = code
        launch = code.compiled?.launch
        self.standing = standing
    }

    /// What was proved of the instructions as they run; `nil` if nothing was.
    var facts: Facts? { if case .verified(let facts) = standing { facts } else { nil } }

    /// The program's name.
    var name: String { spec.name }
    /// The kind of program.
    var type: ProgramType { spec.type }

    /// Calls a function of the program for a timer, on a machine without a context.
    func callBack(
        _ function: UInt64, on machine: Machine, _ first: UInt64, _ second: UInt64, _ third: UInt64
    ) throws(ExecutionError) -> UInt64 {
        machine.redirect = nil
        machine.prepareContext([], isWritable: false)
        do throws(Fault) {
            guard let operation = Address.operation(ofFunction: function)
            else { throw .notAFunction(address: function) }
            return try machine.run(self, from: operation, first, second, third)
        } catch {
            throw ExecutionError(error, of: self, on: machine)
        }
    }
}
