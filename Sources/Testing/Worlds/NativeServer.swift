import EBPF
import EBPFExecution
import EBPFProgram
import Synchronization

/// Serves programs that run natively: the maps of their globals, the memory of their variables.
final class NativeServer: Sendable {
    let object: NativeObject
    let reports: Reports
    let fields = NativeFields()
    private let variables = Mutex<[UInt: VariableMemory]>([:])
    private let programs = Mutex<[UInt: [UInt32: NativeBody]]>([:])
    private let maps: OpenMaps

    init(on host: UserSpaceHost, reports: Reports) {
        self.reports = reports
        let maps = OpenMaps()
        self.maps = maps
        object = NativeObject(
            on: host, makeMap: { maps.make(at: $0, on: host, reports) },
            report: { reports.add($0) })
    }

    /// The map that the global at an address stands for, as the test uses it.
    func openMap(at place: UInt) -> EBPF.AnyMap? {
        guard object.map(at: place) != nil else {
            reports.add("what a test uses as a map is none")
            return nil
        }
        return maps[place]
    }

    /// Where this world's variable is for the global at an address.
    func variable(at place: UnsafeMutableRawPointer, byteCount: Int) -> UnsafeMutableRawPointer {
        unsafe variables.withLock { variables in
            let key = UInt(bitPattern: place)
            if let known = variables[key] { return unsafe known.start }
            let made = unsafe VariableMemory(copying: place, byteCount: byteCount)
            variables[key] = made
            return unsafe made.start
        }
    }

    // MARK: Programs

    /// Runs a program; on a thread of its own if it may go on to another one.
    func run(_ body: @escaping NativeBody, _ run: NativeRun) -> UInt64 {
        let journey = NativeJourney()
        let call = { (body: NativeBody) -> UInt64 in
            let context = unsafe UInt(bitPattern: run.context)
            return NativeWorld.serve(with: NativeDoor(run, self, journey)) { body(context) }
        }
        return hasPrograms ? journey.run(body, call) : call(body)
    }

    /// Puts a program into an array of programs.
    func setProgram(_ body: NativeBody?, at index: UInt32, ofMapAt place: UInt) {
        programs.withLock { $0[place, default: [:]][index] = body }
    }

    /// The program at an index of an array of programs.
    func program(at index: UInt32, ofMapAt place: UInt) -> NativeBody? {
        programs.withLock { $0[place]?[index] }
    }

    /// Whether a program may end in another one.
    var hasPrograms: Bool { programs.withLock { !$0.isEmpty } }
}

/// A program as code of this process: it gets the address of the context and returns the verdict's number.
typealias NativeBody = @Sendable (UInt) -> UInt64

/// The memory of a variable, for one world.
@safe
private final class VariableMemory: @unchecked Sendable {
    let start: UnsafeMutableRawPointer

    // SAFETY: `place` is the global, which has this many bytes.
    @unsafe
    init(copying place: UnsafeRawPointer, byteCount: Int) {
        unsafe start = .allocate(byteCount: max(byteCount, 1), alignment: 16)
        unsafe start.copyMemory(from: place, byteCount: byteCount)
    }

    deinit { unsafe start.deallocate() }
}
