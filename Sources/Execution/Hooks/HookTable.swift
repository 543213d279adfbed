public import EBPFBytecode
import Synchronization

/// Which programs run at which places of a machine.
final class HookTable: Sendable {
    private let entries = Mutex<[MachineHook: [HookEntry]]>([:])

    /// Puts a program behind, or before, those that are at a place.
    ///
    /// - Throws: `EBUSY` where one program fills the place.
    func add(
        _ program: UserSpaceProgram, to hook: MachineHook, isFirst: Bool
    ) throws(KernelErrno) -> HookEntry {
        let entry = HookEntry(hook: hook, program: program, table: self)
        try entries.withLock { entries throws(KernelErrno) in
            let count = entries[hook]?.count ?? 0
            guard count == 0 || !hook.isExclusive else { throw .busy }
            entries[hook, default: []].insert(entry, at: isFirst ? 0 : count)
        }
        return entry
    }

    func remove(_ entry: HookEntry) {
        entries.withLock { entries in
            entries[entry.hook]?.removeAll { $0 === entry }
            if entries[entry.hook]?.isEmpty == true { entries[entry.hook] = nil }
        }
    }

    /// The programs at a place, in the order in which they run.
    func programs(at hook: MachineHook) -> [UserSpaceProgram] {
        entries.withLock { $0[hook] ?? [] }.map(\.program)
    }

    /// The places that have programs.
    var hooks: [MachineHook] { entries.withLock { Array($0.keys) } }
}

/// A program's attachment to a place of a machine.
///
/// It lasts until ``detach()``, not until this object goes.
public final class HookEntry: Sendable {
    /// The place.
    public let hook: MachineHook
    private let current: Mutex<UserSpaceProgram>
    private let table: HookTable

    fileprivate init(hook: MachineHook, program: UserSpaceProgram, table: HookTable) {
        self.hook = hook
        self.table = table
        current = Mutex(program)
    }

    /// The program that runs there.
    public var program: UserSpaceProgram { current.withLock { $0 } }

    /// Takes the program off; nothing if that was done before.
    public func detach() { table.remove(self) }

    /// Puts another program into its place.
    ///
    /// - Parameter expected: the program that must be there; otherwise nothing is changed.
    /// - Throws: `EPERM` if another one is there, `EINVAL` for a program of another type or machine.
    public func update(
        to program: UserSpaceProgram, expecting expected: UserSpaceProgram? = nil
    ) throws(KernelErrno) {
        try current.withLock { current throws(KernelErrno) in
            guard expected == nil || expected === current else { throw .notPermitted }
            guard program.type == current.type, program.host === current.host else {
                throw .invalidArgument
            }
            current = program
        }
    }
}
