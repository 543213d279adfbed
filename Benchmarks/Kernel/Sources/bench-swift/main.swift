// The other side of bench.c: the same work with this package, the same output.
import EBPF
import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTypeFormat

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Nanoseconds of the processor's time, which other processes of a busy machine do not add to.
func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

func nanoseconds(since start: Double) -> Double { now() - start }

func report(_ name: String, _ number: Double) {
    print(name, (number * 100).rounded() / 100)
}

func load(_ path: String) throws -> LoadedObject {
    try Host.kernel.load(objectFileAt: path)
}

func require<T>(_ value: T?) throws -> T {
    guard let value else { throw KernelErrno.noEntry }
    return value
}

func maps(_ object: LoadedObject) throws -> UInt64 {
    let hash = try object.map("hash", as: HashMap<UInt32, UInt64>.self)
    let array = try object.map("array", as: ArrayMap<UInt64>.self)
    let (entries, operations): (UInt32, UInt32) = (100_000, 200_000)
    var sum: UInt64 = 0
    var start = now()
    for key in 0..<entries { try hash.update(key, UInt64(key)) }
    report("insert", nanoseconds(since: start) / Double(entries))
    start = now()
    for number in 0..<operations { try hash.update(number % entries, UInt64(number)) }
    report("update", nanoseconds(since: start) / Double(operations))
    start = now()
    for number in 0..<operations {
        if let value = try hash[number % entries] { sum &+= value }
    }
    report("lookup", nanoseconds(since: start) / Double(operations))
    start = now()
    for number in 0..<operations {
        sum &+= try array[Int(number % 1024)]
    }
    report("array-lookup", nanoseconds(since: start) / Double(operations))
    start = now()
    var walk = try require(hash.map.kernelMap).walk()
    while try walk.advance() {
        walk.forEach { key, value in
            sum &+= UInt64(key.value(as: UInt32.self) ?? 0) &+ (value.value() ?? 0)
        }
    }
    report("walk", nanoseconds(since: start) / Double(walk.total))
    guard walk.total == entries else { throw KernelErrno.invalidArgument }
    return sum
}

func resident(_ field: String) throws -> Double {
    let status = try SystemCalls.linux.text(of: "/proc/self/status")
    for line in status.split(separator: "\n") where line.hasPrefix(field) {
        return Double(line.dropFirst(field.count).filter(\.isNumber)) ?? 0
    }
    return 0
}

func produce(_ program: KernelProgram, _ count: UInt8, _ high: UInt8) throws {
    _ = try program.run(context: [count, high, 0, 0, 0, 0, 0, 0])
}

func types() throws {
    var start = now()
    let types = try KernelTypes.shared.vmlinux()
    let task = try require(types.first(named: "task_struct", kind: .structure))
    report("name", nanoseconds(since: start))
    start = now()
    let text = try types.headerBytes()
    report("header", nanoseconds(since: start))
    guard task.rawValue > 0, text.count > 1 << 20 else { throw KernelErrno.invalidArgument }
}

func run(_ mode: String, _ path: String) throws -> UInt64 {
    if mode == "types" {
        try types()
        return 1
    }
    if mode == "load" {
        for round in 0..<12 {
            let start = now()
            let object = try load(path)
            report(round == 0 ? "load" : "load-again", nanoseconds(since: start))
            _ = consume object
        }
        return 1
    }
    let object = try load(path)
    if mode == "maps" { return try maps(object) }
    let program = try require(object.programs["produce"]?.kernelProgram)
    let ring = try KernelRingBuffer(require(object.maps["events"]?.kernelMap))
    var sum: UInt64 = 0
    if mode == "memory" || mode == "hold" {
        try produce(program, 232, 3)
        ring.withEvents { sum &+= $0.value() ?? 0 }
        if mode == "hold" {
            // Benchmarks/hot-data looks at this process meanwhile.
            write(1, "\n", 1)
            _ = getchar()
            return 1
        }
        report("memory-anonymous", try resident("RssAnon:"))
        report("memory-all", try resident("VmRSS:"))
        return sum
    }
    var (time, read) = (0.0, 0)
    for _ in 0..<1000 {
        try produce(program, 0, 4)
        let start = now()
        read += ring.withEvents { sum &+= $0.value() ?? 0 }
        time += nanoseconds(since: start)
    }
    report("consume", time / Double(read))
    let start = now()
    read = 0
    for _ in 0..<2000 {
        try produce(program, 16, 0)
        if try ring.wait(timeout: .milliseconds(100)) {
            read += ring.withEvents { sum &+= $0.value() ?? 0 }
        }
    }
    report("produce-poll-consume", nanoseconds(since: start) / Double(read))
    return sum
}

let arguments = CommandLine.arguments
guard arguments.count > 2 else { throw KernelErrno.invalidArgument }
guard try run(arguments[1], arguments[2]) != 0 else { throw KernelErrno.invalidArgument }
