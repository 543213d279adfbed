import EBPFBytecode
import EBPFKernel

/// A program that traffic control runs as a filter.
///
/// The kernel would keep it without end, so the value takes it off; but only if that filter still
/// runs this program.
final class TrafficFilterAttachment: UpdatableAttachment {
    let hook: String
    private let filter: TrafficFilter
    private let control: TrafficControl
    private let ownsDiscipline: Bool
    private let current: CurrentProgram

    init(
        _ program: KernelProgram, _ filter: TrafficFilter, _ control: TrafficControl,
        ownsDiscipline: Bool
    ) {
        hook = control.hook(filter.direction)
        (self.filter, self.control) = (filter, control)
        self.ownsDiscipline = ownsDiscipline
        current = CurrentProgram(program)
    }

    func update(
        to program: KernelProgram, expecting expected: KernelProgram?
    ) throws(KernelError) {
        let action = "putting \(program) on \(hook)"
        try check(runs: expected ?? current.program, action)
        let options = TrafficFilterOptions(
            filter.direction, priority: filter.priority, handle: filter.handle,
            isDirectAction: filter.isDirectAction, protocolNumber: filter.protocolNumber)
        _ = try control.set(program, options, replace: true)
        current.program = program
    }

    func detach() throws(KernelError) {
        try check(runs: current.program, "detaching from \(hook)")
        try control.remove(filter)
        if ownsDiscipline { try control.removeEmptyClsact() }
    }

    func persist(at path: String) throws(KernelError) {
        throw KernelError(
            "keeping \(hook) at \(path)", .operationNotSupported,
            reason: "filters of traffic control are no links",
            remedy: "attach it by tcx (Linux 6.6)")
    }

    private func check(runs program: KernelProgram, _ action: String) throws(KernelError) {
        let there = try control.filters(filter.direction).first {
            $0.priority == filter.priority && $0.handle == filter.handle
        }
        guard let there else {
            throw KernelError(action, .noEntry, reason: "someone else has removed the filter")
        }
        guard there.program == program.id else {
            throw KernelError(
                action, .exists, reason: "the filter now runs program \(there.program)",
                remedy: "it was attached by someone else and stays")
        }
    }
}
