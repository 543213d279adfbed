import EBPFBytecode
import EBPFMaps

/// Ring buffers, in both directions, and perf events.
///
/// A reserved record is memory of its own until it is submitted or discarded: an access after that,
/// a second submit and a record that is still held at the end are faults.
enum RingBufferHelpers {
    static func install(in table: inout HelperTable) {
        table[.ringbufOutput] = output
        table[.ringbufReserve] = reserve
        table[.ringbufSubmit] = complete(isDiscarded: false)
        table[.ringbufDiscard] = complete(isDiscarded: true)
        table[.ringbufQuery] = { (call) throws(Fault) in
            try call.map(.first, as: RingBuffer.self).query(call.second)
        }
        table[.ringbufReserveDynptr] = reserveDynptr
        table[.ringbufSubmitDynptr] = completeDynptr(isDiscarded: false)
        table[.ringbufDiscardDynptr] = completeDynptr(isDiscarded: true)
        table[.userRingbufDrain] = drain
        table[.perfEventReadValue] = readPerfEvent
    }

    /// `long bpf_ringbuf_output(ringbuf, data, size, flags)`
    private static func output(_ call: HelperCall) throws(Fault) -> UInt64 {
        let ring = try call.map(.first, as: RingBuffer.self)
        let bytes = try unsafe call.readableBytes(.second, size: .third)
        return call.result { () throws(KernelErrno) in
            try unsafe ring.output(bytes, flags: call.fourth)
        }
    }

    /// `void *bpf_ringbuf_reserve(ringbuf, size, flags)`
    private static func reserve(_ call: HelperCall) throws(Fault) -> UInt64 {
        let ring = try call.map(.first, as: RingBuffer.self)
        let region = call.machine.reserveRecord(in: ring, call.second, flags: call.third)
        return region.map(Address.start(ofRegion:)) ?? 0
    }

    /// `void bpf_ringbuf_submit(data, flags)`, `void bpf_ringbuf_discard(data, flags)`
    private static func complete(isDiscarded: Bool) -> HelperBody {
        { (call) throws(Fault) in
            let region = Int(call.first >> 32)
            guard call.first == Address.start(ofRegion: region),
                call.machine.completeRecord(
                    in: region,
                    isDiscarded: isDiscarded,
                    flags: call.second
                )
            else { throw .badArgument(1, .record) }
            return 0
        }
    }

    // MARK: As dynptrs

    /// `long bpf_ringbuf_reserve_dynptr(ringbuf, size, flags, ptr)`
    private static func reserveDynptr(_ call: HelperCall) throws(Fault) -> UInt64 {
        let ring = try call.map(.first, as: RingBuffer.self)
        let size = UInt32(truncatingIfNeeded: call.second)
        var error: KernelErrno?
        var dynptr = Dynptr.null
        if call.third != 0 {
            error = .invalidArgument
        } else if size > DynptrHelpers.byteLimit {
            error = .tooBig
        } else if let region = call.machine.reserveRecord(in: ring, UInt64(size), flags: 0) {
            dynptr = Dynptr(storage: .record(region: region), byteCount: size)
        } else {
            error = .invalidArgument
        }
        try call.putDynptr(dynptr, .fourth)
        return error?.helperResult ?? 0
    }

    /// `void bpf_ringbuf_submit_dynptr(ptr, flags)`; of a dynptr that got no record, nothing.
    private static func completeDynptr(isDiscarded: Bool) -> HelperBody {
        { (call) throws(Fault) in
            let dynptr = try call.dynptr(.first)
            switch dynptr.storage {
            case .null: break
            case .record(let region):
                guard
                    call.machine.completeRecord(
                        in: region,
                        isDiscarded: isDiscarded,
                        flags: call.second
                    )
                else { throw .badArgument(1, .record) }
            case .memory, .packet: throw .badArgument(1, .record)
            }
            call.forgetDynptr(.first)
            return 0
        }
    }

    // MARK: From the application

    /// `long bpf_user_ringbuf_drain(map, callback_fn, ctx, flags)`: the callback gets each record as
    /// a dynptr that can only be read, and the context.
    private static func drain(_ call: HelperCall) throws(Fault) -> UInt64 {
        let ring = try call.map(.first, as: UserRingBuffer.self)
        guard let values = ring.valueMemory else { throw .badArgument(1, .map) }
        let context = call.third
        return try call.visits {
            try ring.programDrain(flags: call.fourth) { record in
                let bytes = unsafe UnsafeMutableRawBufferPointer(
                    start: values.base + record.offset,
                    count: record.byteCount
                )
                return try unsafe visit(bytes, call, context)
            }
        }
    }

    private static func visit(
        _ bytes: UnsafeMutableRawBufferPointer,
        _ call: HelperCall,
        _ context: UInt64
    ) throws(Fault) -> UInt64 {
        let machine = call.machine
        let structure = UnsafeMutableRawBufferPointer.allocate(byteCount: 16, alignment: 8)
        defer { unsafe structure.deallocate() }
        let size = UInt32(clamping: bytes.count)
        let show = { (address: UInt64) throws(Fault) -> UInt64 in
            let dynptr = Dynptr(storage: .memory(address), byteCount: size, isReadOnly: true)
            let result = try unsafe machine.withTemporary(structure, isWritable: false) {
                (place) throws(Fault) in
                unsafe machine.put(dynptr, at: place, structure)
                defer { machine.holdings.dynptrs[place] = nil }
                return try call.callBack(.second, place, context)
            }
            return result ?? 1
        }
        // An empty record has no memory; its dynptr is never read.
        guard bytes.count > 0 else { return try show(0) }
        return try unsafe machine.withTemporary(bytes, isWritable: false, show) ?? 1
    }

    // MARK: Perf events

    /// `long bpf_perf_event_read_value(map, flags, buf, buf_size)`: no counters are open here.
    private static func readPerfEvent(_ call: HelperCall) throws(Fault) -> UInt64 {
        _ = try call.map(.first)
        let target = try unsafe call.writableBytes(.third, size: .fourth)
        unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
        call.reportUnavailable(.perfEventReadValue, "no counters are open; it returns ENOENT")
        guard target.count == 24 else { return KernelErrno.invalidArgument.helperResult }
        return KernelErrno.noEntry.helperResult
    }
}
