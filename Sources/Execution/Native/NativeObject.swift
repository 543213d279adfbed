public import EBPFBytecode
public import EBPFMaps
import Synchronization

/// A kernel program that runs as ordinary code of this process, with the maps and helpers of a
/// host behind it.
///
/// Its maps are known by where their globals lie in memory. What differs from a compiled program
/// is only who executes it: arguments of helpers are translated on their way in, results on their
/// way out, and all semantics are those of the machine.
public final class NativeObject: Sendable {
    /// The machine that serves it.
    public let host: UserSpaceHost
    private let registrations = Mutex<[UInt: MapRegistration]>([:])
    /// Makes the map whose global lies at an address.
    private let makeMap: @Sendable (UInt) -> Map?
    /// Receives what the kernel's verifier would have refused.
    let report: @Sendable (String) -> Void

    /// A program without maps yet.
    ///
    /// - Parameters:
    ///   - host: the machine that serves it.
    ///   - makeMap: makes the map whose global lies at an address, when it is first used; `nil` if
    ///     nothing there is a map.
    ///   - report: receives what a verifier would have refused: a wrong argument of a helper.
    public init(
        on host: UserSpaceHost, makeMap: @escaping @Sendable (UInt) -> Map?,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.host = host
        self.makeMap = makeMap
        self.report = report
    }

    /// The map whose global lies at an address; it is made when it is first asked for.
    public func map(at place: UInt) -> Map? { registration(at: place)?.map }

    func registration(at place: UInt) -> MapRegistration? {
        if let known = registrations.withLock({ $0[place] }) { return known }
        guard let map = makeMap(place) else { return nil }
        do throws(KernelErrno) {
            let made = try host.register(map)
            registrations.withLock { $0[place] = made }
            return made
        } catch {
            report("the map cannot be made: \(error)")
            return nil
        }
    }

    /// Where the global of a map lies, by its number in the machine.
    func place(ofMap index: Int) -> UInt? {
        registrations.withLock { $0.first { $0.value.index == index }?.key }
    }

    /// The machine's address of a value of a map that lies somewhere in this process.
    func address(ofValueAt place: UInt) -> UInt64? {
        registrations.withLock { registrations in
            for registration in registrations.values {
                guard let values = registration.map.valueMemory else { continue }
                let start = unsafe UInt(bitPattern: values.base)
                guard place >= start, place < start + UInt(values.byteCount) else { continue }
                return registration.valueAddress + UInt64(place - start)
            }
            return nil
        }
    }

    // MARK: Running

    /// Runs a program on a packet.
    ///
    /// - Parameters:
    ///   - type: the kind of program, which says what its context is.
    ///   - body: calls the program with the context that the run shows, and returns its result.
    /// - Returns: what the program left behind.
    /// - Throws: ``KernelErrno`` ENOMEM when the host cannot make another CPU.
    public func run(
        as type: ProgramType, packet: [UInt8], origin: PacketOrigin = PacketOrigin(),
        cpu: Int? = nil, _ body: (NativeRun) -> UInt64
    ) throws -> PacketResult {
        try host.withMachine(cpu: cpu) { machine in
            unsafe packet.withUnsafeBytes { bytes in
                switch type {
                case .xdp: unsafe machine.prepareXDP(bytes, origin)
                default: unsafe machine.prepareSocketBuffer(bytes, origin, for: type)
                }
            }
            let returned = run(on: machine, body)
            return PacketResult(
                returned: UInt32(truncatingIfNeeded: returned), packet: machine.packet.contents,
                redirect: machine.redirect, context: machine.context.contents,
                metadata: machine.packet.metadata, clones: machine.clones, type: type,
                interface: origin.interface)
        }
    }

    /// Runs a program on a context given as bytes: registers, arguments or a tracepoint's record.
    ///
    /// - Parameters:
    ///   - isWritable: whether the program may change it.
    ///   - data: what it points to, if it does.
    ///   - body: calls the program with the context that the run shows, and returns its result.
    /// - Throws: ``KernelErrno`` ENOMEM when the host cannot make another CPU.
    public func run(
        context: [UInt8], isWritable: Bool = false, data: ContextData? = nil, cpu: Int? = nil,
        _ body: (NativeRun) -> UInt64
    ) throws -> ContextResult {
        try host.withMachine(cpu: cpu) { machine in
            if let data {
                machine.prepareContext(context, isWritable: isWritable, data: data)
            } else {
                machine.prepareContext(context, isWritable: isWritable)
            }
            let returned = run(on: machine, body)
            return ContextResult(
                returned: returned, context: machine.context.contents,
                data: data == nil ? [] : machine.packet.contents)
        }
    }

    /// Runs something on a machine whose context is in place.
    func run(on machine: Machine, _ body: (NativeRun) -> UInt64) -> UInt64 {
        machine.beginNativeRun()
        let run = NativeRun(self, machine)
        let returned = body(run)
        run.end()
        return returned
    }
}
