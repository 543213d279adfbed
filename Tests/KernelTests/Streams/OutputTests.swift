import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What programs say, and the log of the system.
@Suite struct OutputTests {
    @Test func `pieces are cut into lines`() {
        var splitter = LineSplitter()
        let rows: [(String, [String])] = [
            ("one", []), (" line\n", ["one line"]), ("\n", [""]), ("a\nb\nc", ["a", "b"]),
            ("", []), ("\r\n", ["c\r"]),
        ]
        for (piece, lines) in rows { #expect(splitter.lines(Array(piece.utf8)) == lines) }
        #expect(splitter.end() == nil)
        #expect(splitter.lines(Array("rest".utf8)) == [])
        #expect(splitter.end() == "rest")
        #expect(splitter.end() == nil)
    }

    @Test(.liveKernel) func `a program that says nothing has no output`() throws {
        let program = try LiveKernel.program(.socketFilter, "r0 = 0\nexit")
        for channel in OutputChannel.allCases {
            #expect(try program.readOutput(channel) == [])
        }
    }

    @Test func `an old kernel keeps no output`() throws {
        let old = SystemCalls { call, arguments in
            guard call == .bpf else { return 0 }
            return arguments.a == BPFCommand.programStreamRead.rawValue ? -22 : 0
        }
        let program = try KernelProgram(owning: Descriptor(owning: 3, system: old))
        let error = #expect(throws: KernelError.self) { try program.readOutput() }
        #expect(
            error?.description == "reading the output of program 0: EINVAL: "
                + "kernels before Linux 6.17 keep no output of programs")
    }

    @Test func `what a program says comes line by line`() async throws {
        let pieces = PieceSource(["one\ntw", "", "o\n", "three\n"])
        let program = try KernelProgram(
            owning: Descriptor(owning: 3, system: pieces.system(.errors)))
        var lines: [String] = []
        for try await line in program.outputLines(.errors, every: .microseconds(10)) {
            lines.append(line)
            if lines.count == 3 { break }
        }
        #expect(lines == ["one", "two", "three"])
    }

    @Test(.liveKernel) func `a reader of output can be cancelled`() async throws {
        let program = try LiveKernel.program(.socketFilter, "r0 = 0\nexit")
        let reader = Task {
            for try await _ in program.outputLines() { return true }
            return false
        }
        try await Task.sleep(for: .milliseconds(1))
        reader.cancel()
        #expect(try await reader.value == false)
    }

    /// A named pipe in the place of the kernel's.
    @Test func `the lines of a log are a stream`() async throws {
        let directory = "/tmp/ebpf-log-\(UInt64.random(in: 0 ... .max))"
        try #require(unsafe mkdir(directory, 0o700) == 0)
        defer { unsafe rmdir(directory) }
        let pipe = directory + "/trace_pipe"
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        defer { unsafe unlink(pipe) }
        let writer = try SystemCalls.linux.open(pipe, .readWrite)
        let log = try TraceLog(tracefs: directory)
        #expect(try log.read() == [])
        try writer.write(Array("a\nb\nc\nd".utf8))
        #expect(try log.read(limit: 2) == ["a", "b"])
        let lines = try log.lines()
        let reader = Task {
            var texts: [String] = []
            for try await line in lines {
                texts.append(line)
                if texts.count == 3 { break }
            }
            return texts
        }
        try await Task.sleep(for: .milliseconds(1))
        try writer.write(Array("d\ne\n".utf8))
        #expect(try await reader.value == ["c", "dd", "e"])
    }

    @Test func `a log that is not there is named`() {
        let error = #expect(throws: KernelError.self) { try TraceLog(tracefs: "/nowhere") }
        #expect(error?.action == "opening the trace log /nowhere/trace_pipe")
        #expect(error?.errno == .noEntry)
    }
}

/// A kernel whose programs say something, piece by piece.
private final class PieceSource: Sendable {
    private let pieces: Mutex<[String]>

    init(_ pieces: [String]) { self.pieces = Mutex(pieces) }

    func system(_ channel: OutputChannel) -> SystemCalls {
        SystemCalls { [self] call, arguments in
            guard call == .bpf, arguments.a == BPFCommand.programStreamRead.rawValue else {
                return 0
            }
            let request = unsafe UnsafePointer<ProgramStreamAttributes>(bitPattern: arguments.b)
            guard let request = unsafe request?.pointee, request.stream == channel.rawValue else {
                return -22
            }
            let piece = pieces.withLock { $0.isEmpty ? "" : $0.removeFirst() }
            let room = unsafe UnsafeMutableRawPointer(bitPattern: UInt(request.buffer))
            unsafe room?.copyMemory(from: Array(piece.utf8), byteCount: piece.utf8.count)
            return piece.utf8.count
        }
    }
}
