import EBPFBytecode
import EBPFMaps

/// The maps and CPUs of a host; the host's lock guards it.
///
/// - Note: machines are not sendable, but the lock hands each to one thread at a time.
struct Registry: @unchecked Sendable {
    private var maps: [Int: Map] = [:]
    private var indices: [ObjectIdentifier: Int] = [:]
    private var kept: [Map] = []
    private var freed: [Int] = []
    private var next = Address.firstMapRegion
    private var machines: [Int: Machine] = [:]
    private var busy: Set<Int> = []
    /// Memory that callers fill, by the number of its region.
    private var shown: [Int: ShownMemory] = [:]

    /// Gives a map a number, which is also that of its region.
    mutating func add(_ map: Map) throws(KernelErrno) -> Int {
        let index: Int
        if let free = freed.popLast() {
            index = free
        } else {
            guard next < Address.regionCount else { throw .noSpace }
            index = next
            next += 1
        }
        maps[index] = map
        indices[ObjectIdentifier(map)] = index
        for machine in machines.values { Self.show(map, at: index, on: machine) }
        return index
    }

    /// Takes a map's number back.
    mutating func remove(_ index: Int) {
        guard let map = maps.removeValue(forKey: index) else { return }
        indices[ObjectIdentifier(map)] = nil
        for machine in machines.values {
            machine.memory[index] = .none
            machine.maps[index] = nil
        }
        freed.append(index)
    }

    /// The number of a map.
    func index(of map: Map) -> Int? { indices[ObjectIdentifier(map)] }

    /// Keeps a map that nobody registered for as long as the host lives.
    mutating func keep(_ map: Map) { kept.append(map) }

    /// A CPU that nobody uses, or `nil` if there is none at the moment.
    mutating func take(_ wanted: Int?, on host: UserSpaceHost) throws(KernelErrno) -> Machine? {
        let candidates = wanted.map { $0..<$0 + 1 } ?? 0..<max(1, host.options.cpuCount)
        guard let cpu = candidates.first(where: { !busy.contains($0) }) else { return nil }
        busy.insert(cpu)
        if let machine = machines[cpu] { return machine }
        return try makeMachine(cpu, on: host)
    }

    /// Takes a CPU back.
    mutating func giveBack(_ machine: Machine) {
        machine.forgetProgram()
        busy.remove(machine.cpu)
    }

    /// Memory that callers fill; all programs see it from the first time that it is asked for.
    mutating func memory(_ layout: ShownMemory.Layout) -> ShownMemory {
        if let known = shown[layout.region] { return known }
        let memory = ShownMemory(layout)
        shown[layout.region] = memory
        for machine in machines.values { machine.memory[layout.region] = memory.region }
        return memory
    }

    private mutating func makeMachine(
        _ cpu: Int, on host: UserSpaceHost
    ) throws(KernelErrno) -> Machine {
        let machine = try Machine(cpu: cpu, host: host, helpers: host.helpers)
        for (index, map) in maps { Self.show(map, at: index, on: machine) }
        for (region, memory) in shown { machine.memory[region] = memory.region }
        machines[cpu] = machine
        return machine
    }

    private static func show(_ map: Map, at index: Int, on machine: Machine) {
        // Records of ring buffers are shown one by one, while they are held.
        let isRing = map is RingBuffer || map is UserRingBuffer
        if !isRing, let values = map.valueMemory {
            machine.memory[index] = Region(values, index: index, map)
        }
        machine.maps[index] = map
    }
}

extension Region {
    /// The values of a map; what programs may do with them, its flags say.
    fileprivate init(_ values: ValueMemory, index: Int, _ map: Map) {
        let flags = map.definition.flags
        let isReadable = !flags.contains(.writeOnlyForPrograms)
        let isWritable = !flags.contains(.readOnlyForPrograms)
        let start = Address.start(ofRegion: index)
        if values.byteCount <= values.stride {
            self = unsafe .object(
                at: values.base, start: start, byteCount: values.valueSize, isReadable: isReadable,
                isWritable: isWritable)
        } else {
            self = unsafe .objects(
                at: values.base, start: start, byteCount: values.byteCount, stride: values.stride,
                size: values.valueSize, isReadable: isReadable, isWritable: isWritable)
        }
    }
}
