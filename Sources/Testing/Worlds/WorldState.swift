import EBPF
import EBPFBytecode
import EBPFExecution
import EBPFObjectFile
import EBPFProgram
import Synchronization
import Testing

/// What the copies of a world share.
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
    /// What serves programs that run natively.
    let native: NativeServer
    private var specs: ObjectSpecs?
    private var object: EBPF.LoadedObject?
    private var hasFailed = false

    init(_ form: TestWorld.Form, processors: Int, seed: UInt64) {
        self.form = form
        let printed = printed
        let options = UserSpaceHost.Options(
            cpuCount: processors, clock: clock, seed: seed,
            process: ProcessIdentity(process: 1, command: "test"),
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
            switch form {
            case .kernel: object = try EBPF.Host.kernel.load(specs)
            default: object = try EBPF.Host.userSpace(host).load(specs)
            }
        } catch {
            hasFailed = true
            reports.add("the program cannot be loaded: \(error)")
        }
        return object
    }

    /// Sets a variable before the program is loaded.
    ///
    /// - Returns: whether it is not too late.
    func configure(_ name: String, _ bytes: [UInt8]) -> Bool {
        guard object == nil, specs != nil else { return false }
        do {
            try specs?.variables[name]?.set(bytes: bytes)
        } catch {
            reports.add("\(error)")
        }
        return true
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
        guard isNative else {
            guard let object = loaded(),
                let name = name(ofGlobalAt: place, in: object.maps.keys)
            else { return nil }
            return object.maps[name]
        }
        return native.map(at: place).map { EBPF.AnyMap("map", inMachine: $0) }
    }

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
