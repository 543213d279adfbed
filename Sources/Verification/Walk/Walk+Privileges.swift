import EBPFBytecode
import EBPFObjectFile

/// What is refused to those who must not learn addresses of the kernel (no `CAP_PERFMON`).
extension Walk {
    @inline(__always)
    var privileges: Privileges { environment.privileges }

    /// Whether a value must not become visible.
    @inline(__always)
    func isSecret(_ value: RegisterState) -> Bool {
        value.kind != .scalar && !privileges.seesKernel
    }

    /// Nothing but numbers may get to where others can read them.
    @inline(__always)
    func requireNoSecret(
        _ value: RegisterState, _ register: Register, _ where_: @autoclosure () -> String
    ) throws(Fault) {
        if isSecret(value) { throw leak(value, register, where_()) }
    }

    private func leak(_ value: RegisterState, _ register: Register, _ place: String) -> Fault {
        Fault(
            .pointerLeak,
            "\(register) is \(value.title), whose address would become visible \(place); that takes "
                + "CAP_PERFMON",
            suggestion: "use the numbers that it points to, not the address itself")
    }

    /// What a store makes visible.
    func checkStored(_ value: StoredValue?, _ place: @autoclosure () -> String) throws(Fault) {
        guard let value, let register = value.register else { return }
        try requireNoSecret(value.state, Register.allCases[register], place())
    }

    /// Half of an address, or an address turned round, says something about the whole.
    func requireWhole(_ value: RegisterState, _ register: Register) throws(Fault) {
        try requireNoSecret(value, register, "as a number that is computed from it")
    }

    /// Structures of the kernel hold its addresses.
    func requireSight(of structure: String) throws(Fault) {
        guard !privileges.seesKernel else { return }
        throw privileges.refusal(of: "reading \(structure)", needing: .performanceMonitoring)
    }

    /// The beginnings of comparisons that show nothing but what the program may know: whether a
    /// packet goes on.
    func checkCompared(
        _ right: RegisterState, _ source: Source, with left: RegisterState
    ) throws(Fault) {
        guard case .register(let register) = source, isSecret(right) else { return }
        if left.isPacket, right.isPacket { return }
        throw compared(right, register)
    }

    private func compared(_ value: RegisterState, _ register: Register) -> Fault {
        Fault(
            .pointerLeak,
            "\(register) is \(value.title): comparisons of addresses show where the kernel's memory "
                + "is; that takes CAP_PERFMON",
            suggestion: "compare only with null, and pointers into a packet with its end")
    }

    /// What is left when nothing could be decided or learnt from a comparison with a pointer.
    func checkUndecided(
        _ comparison: Comparison, _ width: Width, _ leftRegister: Register, _ source: Source,
        _ left: RegisterState, _ right: RegisterState
    ) throws(Fault) {
        guard isSecret(left) else { return }
        if case .immediate = source {
            if width == .doubleWord, right.isZero, left.isNullable,
                comparison == .equal || comparison == .notEqual
            {
                return
            }
        } else if width == .doubleWord, Self.comparesPackets(left, right) {
            switch comparison {
            case .less, .lessOrEqual, .greater, .greaterOrEqual: return
            default: break
            }
        }
        throw compared(left, leftRegister)
    }
}
