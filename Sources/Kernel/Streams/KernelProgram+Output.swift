import EBPFBytecode

/// What a program says, or the kernel about it (`BPF_STDOUT`, `BPF_STDERR`).
public enum OutputChannel: UInt32, CaseIterable, Sendable {
    /// What the program prints with `bpf_stream_printk` (`BPF_STDOUT`).
    case output = 1
    /// What it prints as errors, and what the kernel says about those that it stopped: time-outs
    /// of loops, faults in arenas, deadlocks, each with a backtrace (`BPF_STDERR`).
    case errors = 2
}

extension KernelProgram {
    /// Takes out what the program has said since the last time, without waiting
    /// (`BPF_PROG_STREAM_READ_BY_FD`, Linux 6.17).
    ///
    /// The kernel keeps at most 100,000 bytes of each channel and drops what comes after.
    ///
    /// - Parameter limit: the greatest number of bytes.
    /// - Returns: nothing if it said nothing.
    /// - Throws: ``KernelError``: `EINVAL` before Linux 6.17.
    public func readOutput(
        _ channel: OutputChannel = .output, limit: Int = 1 << 16
    ) throws(KernelError) -> [UInt8] {
        var memory = CallMemory()
        var attributes = ProgramStreamAttributes()
        attributes.buffer = memory.buffer(count: limit)
        attributes.bufferSize = UInt32(clamping: max(limit, 0))
        attributes.stream = channel.rawValue
        attributes.program = number
        do throws(KernelErrno) {
            let count = try system.bpf(.programStreamRead, &attributes)
            return memory.contents(of: attributes.buffer, count: count)
        } catch {
            throw KernelError(
                "reading the output of \(self)", error,
                reason: error == .invalidArgument
                    ? "kernels before Linux 6.17 keep no output of programs" : nil)
        }
    }

    /// What the program says, line by line as it comes.
    ///
    /// The kernel tells nobody when there is something, so this asks again and again.
    ///
    /// - Parameter interval: how long to wait before asking again.
    public func outputLines(
        _ channel: OutputChannel = .output, every interval: Duration = .milliseconds(50)
    ) -> ProgramOutputLines {
        ProgramOutputLines(program: self, channel: channel, interval: interval)
    }
}

/// What a program says, line by line; it ends only when the task is cancelled.
public struct ProgramOutputLines: AsyncSequence, Sendable {
    fileprivate let program: KernelProgram
    fileprivate let channel: OutputChannel
    fileprivate let interval: Duration

    /// Begins with what was not read yet.
    public func makeAsyncIterator() -> Iterator { Iterator(source: self) }

    /// Reads lines.
    public struct Iterator: AsyncIteratorProtocol {
        private let source: ProgramOutputLines
        private var splitter = LineSplitter()
        private var lines: [String] = []

        fileprivate init(source: ProgramOutputLines) { self.source = source }

        /// The next line, without its end.
        ///
        /// - Returns: `nil` when the task is cancelled.
        /// - Throws: ``KernelError``.
        public mutating func next() async throws(KernelError) -> String? {
            while !Task.isCancelled {
                if let line = lines.popLast() { return line }
                lines = splitter.lines(try source.program.readOutput(source.channel)).reversed()
                if lines.isEmpty { try? await Task.sleep(for: source.interval) }
            }
            return nil
        }
    }
}
