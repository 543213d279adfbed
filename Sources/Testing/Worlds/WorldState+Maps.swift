import EBPF

/// What is done to maps of special kinds, in the machine and in the kernel.
extension WorldState {
    /// Takes all events out of a ring buffer or an array of perf events.
    func records<Event: BitwiseCopyable>(
        of map: EBPF.AnyMap, as _: Event.Type
    ) throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        let keep = { (record: RawSpan) in
            unsafe record.withUnsafeBytes { unsafe records.append([UInt8]($0)) }
        }
        if map.type == .perfEventArray {
            try EBPF.PerfEventArray<Event>(opening: map).withRecords(keep)
        } else {
            try EBPF.RingBuffer<Event>(opening: map).withRecords(keep)
        }
        return records
    }

    /// Sends a message through a user ring buffer.
    func send<Message: BitwiseCopyable>(_ message: Message, through map: EBPF.AnyMap) throws {
        try EBPF.UserRingBuffer<Message>(opening: map).send(bytes: bytes(of: message))
    }

    /// Puts a program into an array of programs.
    func put(_ program: EBPF.AnyProgram, at index: UInt32, of map: EBPF.AnyMap) throws {
        try EBPF.ProgramArray(opening: map).update(Int(index), program)
    }
}
