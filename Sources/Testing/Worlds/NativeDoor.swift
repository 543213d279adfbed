import EBPFBytecode
import EBPFExecution
import EBPFProgram

/// What a program sees of its world during one run.
final class NativeDoor: NativeServices {
    private let run: NativeRun
    private let server: NativeServer
    /// Where the run goes on when a program goes on to another one.
    private let journey: NativeJourney

    init(_ run: NativeRun, _ server: NativeServer, _ journey: NativeJourney) {
        self.run = run
        self.server = server
        self.journey = journey
    }

    func call(_ helper: UInt32, _ arguments: [UInt64]) -> UInt64 {
        guard helper == HelperID.tailCall.rawValue else { return run.call(helper, arguments) }
        return goOn(
            context: UInt(arguments[0]), map: UInt(arguments[1]),
            index: UInt32(truncatingIfNeeded: arguments[2]))
    }

    func call(
        _ helper: UInt32, _ arguments: [UInt64], callback: (UInt64, UInt64, UInt64) -> UInt64
    ) -> UInt64 {
        // The helper calls back before it returns.
        withoutActuallyEscaping(callback) { run.call(helper, arguments, callback: $0) }
    }

    /// Does not return if there is a program to go on to.
    private func goOn(context: UInt, map: UInt, index: UInt32) -> UInt64 {
        guard let context = unsafe UnsafeRawPointer(bitPattern: context),
            unsafe run.admitsTailCall(context: context),
            let program = server.program(at: index, ofMapAt: map)
        else { return KernelErrno.noEntry.helperResult }
        journey.goOn(with: program)
    }

    func setTimer(
        _ timer: UnsafeMutableRawPointer, _ body: @escaping (UInt64, UInt64, UInt64) -> Void
    ) -> UInt64 {
        let body = TimerBody(body: body)
        let server = server
        return unsafe run.setTimer(timer) { run, map, key, value in
            NativeWorld.serve(with: NativeDoor(run, server, NativeJourney())) {
                body.body(map, key, value)
            }
        }
    }

    func pointer(to address: UInt64) -> UInt64 { run.pointer(to: address) }

    func address(of pointer: UnsafeMutableRawPointer) -> UInt64 {
        run.address(ofMemoryAt: UInt(bitPattern: pointer))
    }

    func variable(at place: UnsafeMutableRawPointer, byteCount: Int) -> UnsafeMutableRawPointer {
        unsafe server.variable(at: place, byteCount: byteCount)
    }

    func store(_ value: UInt64, at place: UnsafeMutableRawPointer, byteCount: Int) {
        unsafe run.store(value, at: place, size: byteCount)
    }

    func answer(_ question: TypeQuestion, _ path: UnsafePointer<UInt8>) -> Int {
        unsafe server.fields.answer(question, String(cString: path))
    }
}

/// A timer's closure. It captures nothing, so that any thread may call it.
private struct TimerBody: @unchecked Sendable {
    let body: (UInt64, UInt64, UInt64) -> Void
}
