import EBPFBytecode
import EBPFMaps

/// A closure that a helper calls back: with numbers and addresses of the machine.
public typealias NativeCallback = (UInt64, UInt64, UInt64) -> UInt64

/// One run of a native program: its door to the machine.
///
/// It is good for the thread, and for the time, of the run.
public final class NativeRun: @unchecked Sendable {
    let object: NativeObject
    let machine: Machine

    init(_ object: NativeObject, _ machine: Machine) {
        self.object = object
        self.machine = machine
    }

    /// Where the context is; `nil` only outside of runs.
    public var context: UnsafeRawPointer? {
        let start = Address.start(ofRegion: Address.contextRegion)
        return unsafe UnsafeRawPointer(machine.memory.place(of: start))
    }

    /// Calls a helper with arguments as the program has them: pointers are those of this process.
    ///
    /// - Parameters:
    ///   - number: the helper's.
    ///   - arguments: five words; what the helper does not take is not looked at.
    ///   - callback: what it may call back, if it does that.
    /// - Returns: the result as the program sees it. After a wrong argument, which is reported, it
    ///   is what the kernel returns for one: `EINVAL`, or a null pointer.
    public func call(
        _ number: UInt32, _ arguments: [UInt64], callback: NativeCallback? = nil
    ) -> UInt64 {
        guard let helper = NativeHelper(number: Int(number)) else { return 0 }
        let words = zip(helper.parameters, arguments).map { word($1, as: $0) }
        // The fourth and fifth argument of some helpers are not in the table: `bpf_trace_printk`.
        let all = words + arguments.dropFirst(words.count)
        let outer = machine.nativeCallback
        defer { machine.nativeCallback = outer }
        if let callback { machine.nativeCallback = callback }
        do throws(Fault) {
            let result = try machine.callHelper(Int(number), with: all)
            return helper.returnsPointer ? pointer(to: result) : result
        } catch {
            object.report("\(helper.name): \(error.message)")
            return helper.returnsPointer ? 0 : KernelErrno.invalidArgument.helperResult
        }
    }

    /// Starts a timer's life with a closure (`bpf_timer_set_callback`).
    ///
    /// - Parameters:
    ///   - timer: where it lies, in a value of a map.
    ///   - body: what is called later, in a run of its own, with the map, the key and the value.
    public func setTimer(
        _ timer: UnsafeMutableRawPointer,
        _ body: @escaping @Sendable (NativeRun, UInt64, UInt64, UInt64) -> Void
    ) -> UInt64 {
        machine.nativeTimer = NativeTimer(object: object, body: body)
        defer { machine.nativeTimer = nil }
        return call(
            HelperID.timerSetCallback.rawValue,
            [UInt64(UInt(bitPattern: timer)), Address.nativeFunction, 0, 0, 0]
        ) { _, _, _ in 0 }
    }

    /// Whether a tail call may happen now: the context is the program's, and there were not more
    /// than 33.
    public func admitsTailCall(context: UnsafeRawPointer) -> Bool {
        guard unsafe context == self.context else {
            object.report("bpf_tail_call: \(Fault.badArgument(1, .context).message)")
            return false
        }
        return machine.countTailCall()
    }

    /// Sets a field of the context, as the kernel does: all of it, and what it can hold.
    public func store(_ value: UInt64, at place: UnsafeMutableRawPointer, size: Int) {
        let address = address(of: UInt(bitPattern: place))
        if let target = unsafe machine.memory.writable(address, size: UInt64(size)) {
            return unsafe withUnsafeBytes(of: value.littleEndian) {
                unsafe target.copyMemory(
                    from: $0.baseAddress ?? UnsafeRawPointer(target), byteCount: size)
            }
        }
        do throws(Fault) {
            try machine.storeToContext(value, at: address, size: size)
        } catch {
            object.report("the context may not be written there: \(error.message)")
        }
    }

    // MARK: Addresses

    /// The place in this process that an address of the machine means; addresses that are not its
    /// own stay what they are.
    public func pointer(to address: UInt64) -> UInt64 {
        if let index = Address.mapIndex(address), let place = object.place(ofMap: index) {
            return UInt64(place)
        }
        guard address != 0, let place = unsafe machine.memory.place(of: address) else {
            return address
        }
        return UInt64(UInt(bitPattern: place))
    }

    /// The machine's address of memory of the program, for pointers that lie in memory themselves.
    public func address(ofMemoryAt place: UInt) -> UInt64 { address(of: place) }

    /// An argument as the machine takes it.
    private func word(_ argument: UInt64, as parameter: NativeParameter) -> UInt64 {
        switch parameter {
        case .number: argument
        case .word: argument & 0xffff_ffff
        case .signedWord: UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: argument)))
        case .map: handle(ofMapAt: UInt(argument)) ?? argument
        case .pointer: address(of: UInt(argument))
        case .address: knownAddress(of: UInt(argument)) ?? argument
        }
    }

    private func handle(ofMapAt place: UInt) -> UInt64? {
        place == 0 ? nil : object.registration(at: place)?.handle
    }

    /// The machine's address of a place in this process; one that the machine does not know is the
    /// program's own memory, such as its stack.
    private func address(of place: UInt) -> UInt64 {
        guard place != 0 else { return 0 }
        return knownAddress(of: place) ?? Address.host(place)
    }

    private func knownAddress(of place: UInt) -> UInt64? {
        let regions = [Address.contextRegion, Address.packetRegion, Address.objectRegion]
        for number in regions + Array(Address.temporaryRegions) {
            if let address = machine.memory[number].address(of: place, number) { return address }
        }
        return object.address(ofValueAt: place)
    }

    /// Gives back what the program did not.
    func end() {
        machine.memory.admitsHostMemory = false
        machine.nativeCallback = nil
        guard !machine.holdings.isEmpty, let leftover = machine.releaseHoldings() else { return }
        let fault = Fault.unreleased(leftover)
        let remedy = fault.remedy(on: machine).map { ": \($0)" } ?? ""
        object.report(fault.message + remedy)
    }
}

extension Region {
    /// The machine's address of a place in this process, if it lies in this region.
    fileprivate func address(of place: UInt, _ number: Int) -> UInt64? {
        guard let base = unsafe base else { return nil }
        let start = UInt(bitPattern: base)
        let count = UInt(max(readable, objects.byteCount, 1))
        guard place >= start, place - start < count else { return nil }
        return Address.start(ofRegion: number) + UInt64(self.start) + UInt64(place - start)
    }
}
