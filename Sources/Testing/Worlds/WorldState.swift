import EBPF
import EBPFBytecode
import EBPFExecution
import EBPFKernel
import EBPFObjectFile
import EBPFProgram
import Synchronization
import Testing

/// What the copies of a world share.
@safe
final class WorldState {
    let form: TestWorld.Form
    let clock = Clock.virtual()
    let counter = HelperCounter()
    let printed = PrintedLines()
    let reports = Reports()
    let host: UserSpaceHost
    /// What the last run left behind.
    var last = RunResult()
    var processor = 0
    /// Whether programs have run, or maps have been used: then settings are what they are.
    var hasBegun = false
    /// What serves programs that run natively.
    let native: NativeServer
    /// What is to be loaded; changed until it is.
    var specs: ObjectSpecs?
    private var object: EBPF.LoadedObject?
    private var hasFailed = false
    private var kept: [UnsafeMutableRawBufferPointer] = unsafe []

    init(_ form: TestWorld.Form, processors: Int, seed: UInt64) {
        self.form = form
        let printed = printed
        let options = UserSpaceHost.Options(
            cpuCount: processors, clock: clock, seed: seed,
            process: ProcessIdentity(process: 1, command: "test"), verification: .whenDecidable,
            kernelTypes: { try? KernelTypes.running() },
            trace: { printed.add($0.text) })
        host = UserSpaceHost(options, counting: counter)
        native = NativeServer(on: host, reports: reports)
        switch form {
        case .native: specs = nil
        case .machine(let specs), .kernel(let specs): self.specs = specs
        }
    }

    var isNative: Bool {
        if case .native = form { true } else { false }
    }

    // MARK: What is compiled

    /// The compiled program, loaded; `nil` after a failure, which is reported once.
    func loaded() -> EBPF.LoadedObject? {
        if let object { return object }
        guard let specs, !hasFailed else { return nil }
        do {
            let place: EBPF.Host = if case .kernel = form { .kernel } else { .userSpace(host) }
            let loaded = try place.load(specs)
            // Events are lost that are sent before somebody listens.
            for map in loaded.maps.values where map.type == .perfEventArray {
                try EBPF.PerfEventArray<UInt8>(opening: map).withRecords { _ in }
            }
            object = loaded
        } catch {
            hasFailed = true
            reports.add("the program cannot be loaded: \(error)")
        }
        return object
    }

    /// The name of a global of the program; an issue if it cannot be told.
    func name(ofGlobalAt place: UInt, in names: some Sequence<String>) -> String? {
        let found = Symbols.shared.names(at: place)
        if let name = found.first(where: { names.contains($0) }) { return name }
        reports.add(
            found.isEmpty
                ? "the name of a global was not found: is the test stripped of its symbols?"
                : "the compiled program has no global \(found[0])")
        return nil
    }

    /// A program of the compiled object; an issue if it cannot be told which.
    func compiled(_ program: ProgramFunction) -> EBPF.AnyProgram? {
        guard let object = loaded() else { return nil }
        for name in program.names {
            if let found = object.programs[name] { return found }
        }
        let candidates = object.programs.values.filter { $0.type == program.type }
        if candidates.count == 1, program.name == nil { return candidates[0] }
        let names = object.programs.keys.joined(separator: ", ")
        reports.add("it is not clear which program is meant; add named: one of \(names)")
        return nil
    }

    // MARK: Maps

    /// The map that a global stands for.
    func map(at place: UInt) -> EBPF.AnyMap? {
        hasBegun = true
        guard isNative else {
            guard let object = loaded(),
                let name = name(ofGlobalAt: place, in: object.maps.keys)
            else { return nil }
            return object.maps[name]
        }
        return native.openMap(at: place)
    }

    /// Keeps bytes at one place of this process as long as the world lives; returns the place.
    func keep(_ bytes: [UInt8]) -> UInt {
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(bytes.count, 1), alignment: 8)
        unsafe memory.copyBytes(from: bytes)
        unsafe kept.append(memory)
        return UInt(bitPattern: memory.baseAddress)
    }

    deinit { unsafe kept.forEach { unsafe $0.deallocate() } }

    /// Tells the test what has been reported.
    func tell(_ location: SourceLocation) {
        for report in reports.takeAll() {
            Issue.record(Comment(rawValue: report), sourceLocation: location)
        }
    }
}

/// What programs have printed.
final class PrintedLines: Sendable {
    private let stored = Mutex<[String]>([])

    var lines: [String] { stored.withLock { $0 } }

    func add(_ line: String) { stored.withLock { $0.append(line) } }
}

/// What a test is to be told, collected until it is known where in the test it belongs.
final class Reports: Sendable {
    private let stored = Mutex<[String]>([])

    func add(_ report: String) { stored.withLock { $0.append(report) } }

    func takeAll() -> [String] {
        stored.withLock { reports in
            defer { reports = [] }
            return reports
        }
    }
}
