import EBPFBytecode
import EBPFMaps

/// Maps: look-up, update, delete; queues, stacks and bloom filters; iteration.
enum MapHelpers {
    static func install(in table: inout HelperTable) {
        table[.mapLookupElem] = lookupElement
        table[.mapUpdateElem] = updateElement
        table[.mapDeleteElem] = deleteElement
        table[.mapPushElem] = pushElement
        table[.mapPopElem] = popElement
        table[.mapPeekElem] = peekElement
        table[.forEachMapElem] = forEachElement
        table[.mapLookupPercpuElem] = lookupPerCPUElement
    }

    /// `void *bpf_map_lookup_elem(map, key)`
    private static func lookupElement(_ call: HelperCall) throws(Fault) -> UInt64 {
        try look(call, cpu: call.machine.cpu)
    }

    /// `void *bpf_map_lookup_percpu_elem(map, key, cpu)`
    private static func lookupPerCPUElement(_ call: HelperCall) throws(Fault) -> UInt64 {
        let cpu = UInt32(truncatingIfNeeded: call.third)
        guard cpu < UInt32(call.machine.host.options.cpuCount) else { return 0 }
        return try look(call, cpu: Int(cpu))
    }

    /// Looks the value of a CPU up.
    @inline(__always)
    static func look(_ call: HelperCall, cpu: Int) throws(Fault) -> UInt64 {
        try call.withMap(.first) { map throws(Fault) in
            let key = unsafe try call.readable(.second, size: map.definition.keySize)
            if let offset = unsafe map.programLookup(key, cpu: cpu) {
                return address(of: offset, in: call.first)
            }
            guard map.holdsMaps, let inner = unsafe map.innerMap(key) else { return 0 }
            return call.machine.host.handle(ofInner: inner) ?? 0
        }
    }

    /// The program's address of a value of the map with a handle.
    @inline(__always)
    static func address(of offset: Int, in handle: UInt64) -> UInt64 {
        handle << 32 &+ UInt64(offset)
    }

    /// `long bpf_map_update_elem(map, key, value, flags)`
    private static func updateElement(_ call: HelperCall) throws(Fault) -> UInt64 {
        let map = try call.map(.first)
        let key = unsafe try call.readable(.second, size: map.definition.keySize)
        let value = unsafe try call.readable(.third, size: map.definition.valueSize)
        return call.result { () throws(KernelErrno) in
            unsafe try map.programUpdate(
                key,
                value,
                flags: call.fourth,
                cpu: call.machine.cpu
            )
        }
    }

    /// `long bpf_map_delete_elem(map, key)`
    private static func deleteElement(_ call: HelperCall) throws(Fault) -> UInt64 {
        let map = try call.map(.first)
        let key = unsafe try call.readable(.second, size: map.definition.keySize)
        return call.result { () throws(KernelErrno) in unsafe try map.programDelete(key) }
    }

    /// `long bpf_map_push_elem(map, value, flags)`
    private static func pushElement(_ call: HelperCall) throws(Fault) -> UInt64 {
        let map = try call.map(.first)
        let value = unsafe try call.readable(.second, size: map.definition.valueSize)
        return call.result { () throws(KernelErrno) in
            unsafe try map.programPush(value, flags: call.third)
        }
    }

    /// `long bpf_map_pop_elem(map, value)`
    private static func popElement(_ call: HelperCall) throws(Fault) -> UInt64 {
        let map = try call.map(.first)
        let value = unsafe try call.writable(.second, size: map.definition.valueSize)
        return call.result { () throws(KernelErrno) in unsafe try map.programPop(value) }
    }

    /// `long bpf_map_peek_elem(map, value)`
    private static func peekElement(_ call: HelperCall) throws(Fault) -> UInt64 {
        let map = try call.map(.first)
        let value = unsafe try call.writable(.second, size: map.definition.valueSize)
        return call.result { () throws(KernelErrno) in unsafe try map.programPeek(value) }
    }

    /// `long bpf_for_each_map_elem(map, callback, context, flags)`
    ///
    /// The callback gets the map, a pointer to a copy of the key, the value and the context.
    private static func forEachElement(_ call: HelperCall) throws(Fault) -> UInt64 {
        let map = try call.map(.first)
        guard call.fourth == 0 else { return KernelErrno.invalidArgument.helperResult }
        let machine = call.machine
        guard let region = machine.takeRegion() else {
            return KernelErrno.noMemory.helperResult
        }
        let handle = call.first
        let context = call.third
        let keyAddress = Address.start(ofRegion: region)
        defer { machine.giveBack(region: region) }
        return try call.visits {
            unsafe try map.programForEach(cpu: machine.cpu) { key, offset in
                unsafe machine.memory[region] = .object(
                    at: UnsafeMutableRawPointer(mutating: key),
                    start: keyAddress,
                    byteCount: map.definition.keySize,
                    isWritable: false
                )
                return try call.callBack(
                    .second,
                    handle,
                    keyAddress,
                    address(of: offset, in: handle),
                    context
                )
            }
        }
    }
}

extension Map {
    /// Whether values are maps.
    var holdsMaps: Bool {
        definition.type == .arrayOfMaps || definition.type == .hashOfMaps
    }
}
