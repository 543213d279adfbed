import EBPFBytecode

/// Text output: `bpf_trace_printk`, `bpf_trace_vprintk`, `bpf_snprintf` and their relatives.
enum PrintHelpers {
    static func install(in table: inout HelperTable) {
        table[.tracePrintk] = tracePrint
        table[.traceVprintk] = traceVariadicPrint
        table[.snprintf] = formatIntoMemory
        table[.snprintfBtf] = unsupportedTypes
        table[.seqPrintf] = noIterator
        table[.seqWrite] = noIterator
        table[.seqPrintfBtf] = noIterator
        table.add(kernelFunction: "bpf_stream_vprintk", streamPrint)
        table.add(kernelFunction: "bpf_stream_vprintk_impl", streamPrint)
    }

    /// The longest line that is printed (`MAX_BPRINTF_BUF`), with its zero byte.
    private static let lineCapacity = 1024
    /// How many arguments a list may have (`MAX_BPRINTF_VARARGS`).
    private static let argumentLimit = 12

    /// `long bpf_trace_printk(fmt, fmt_size, …)`, with up to three arguments.
    private static func tracePrint(_ call: HelperCall) throws(Fault) -> UInt64 {
        let format = try unsafe call.readableBytes(.first, size: .second)
        guard let text = unsafe terminated(format)
        else { return KernelErrno.invalidArgument.helperResult }
        return print(text, [call.third, call.fourth, call.fifth], call)
    }

    /// `long bpf_trace_vprintk(fmt, fmt_size, data, data_len)`
    private static func traceVariadicPrint(_ call: HelperCall) throws(Fault) -> UInt64 {
        let format = try unsafe call.readableBytes(.first, size: .second)
        guard let arguments = try arguments(call, .third, size: .fourth),
            let text = unsafe terminated(format)
        else { return KernelErrno.invalidArgument.helperResult }
        return print(text, arguments, call)
    }

    /// `int bpf_stream_vprintk(stream_id, fmt, args, len)`: both streams of a program go to the
    /// trace.
    private static func streamPrint(_ call: HelperCall) throws(Fault) -> UInt64 {
        guard call.first == 1 || call.first == 2
        else { return KernelErrno.noEntry.helperResult }
        guard let arguments = try arguments(call, .third, size: .fourth)
        else { return KernelErrno.invalidArgument.helperResult }
        guard let format = call.machine.memory.string(at: call.second, limit: lineCapacity)
        else { throw .badArgument(2, .string) }
        let result = print(format, arguments, call)
        return Int64(bitPattern: result) < 0 ? result : 0
    }

    /// `long bpf_snprintf(str, str_size, fmt, data, data_len)`; returns what all of it needs.
    private static func formatIntoMemory(_ call: HelperCall) throws(Fault) -> UInt64 {
        let target = try unsafe call.writableBytes(.first, size: .second)
        guard let arguments = try arguments(call, .fourth, size: .fifth)
        else { return KernelErrno.invalidArgument.helperResult }
        guard let format = call.machine.memory.string(at: call.third, limit: 1 << 16)
        else { throw .badArgument(3, .string) }
        do throws(KernelErrno) {
            let text = try FormatOutput.text(format, arguments, on: call.machine)
            unsafe copy(text, terminatedInto: target)
            return UInt64(text.count + 1)
        } catch {
            return error.helperResult
        }
    }

    /// `long bpf_snprintf_btf(str, str_size, ptr, btf_ptr_size, flags)`: the types are a kernel's.
    private static func unsupportedTypes(_ call: HelperCall) throws(Fault) -> UInt64 {
        call.reportUnavailable(.snprintfBtf, "there is no kernel whose types it could print")
        return KernelErrno.operationNotSupported.helperResult
    }

    /// `bpf_seq_printf`, `bpf_seq_write`: only iterator programs have a file to write to.
    private static func noIterator(_ call: HelperCall) throws(Fault) -> UInt64 {
        call.machine.host.reportOnce(
            "iterators do not run in user space; their output helpers return EINVAL",
            key: "seq_file"
        )
        return KernelErrno.invalidArgument.helperResult
    }

    // MARK: Parts

    private static func print(
        _ format: [UInt8],
        _ arguments: [UInt64],
        _ call: HelperCall
    ) -> UInt64 {
        do throws(KernelErrno) {
            let text = try FormatOutput.text(format, arguments, on: call.machine)
            call.machine.trace(text.prefix(lineCapacity - 1))
            return UInt64(text.count)
        } catch {
            return error.helperResult
        }
    }

    /// The bytes of a format before its zero byte; `nil` if there is none.
    private static func terminated(_ format: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let end = unsafe format.firstIndex(of: 0) else { return nil }
        return unsafe [UInt8](format[..<end])
    }

    /// A list of 64-bit arguments; `nil` for a length that is refused.
    private static func arguments(
        _ call: HelperCall,
        _ pointer: HelperCall.Argument,
        size: HelperCall.Argument
    ) throws(Fault) -> [UInt64]? {
        let count = UInt32(truncatingIfNeeded: call[size])
        guard count.isMultiple(of: 8), count <= argumentLimit * 8 else { return nil }
        guard count > 0 else { return [] }
        let start = try unsafe call.readable(pointer, size: Int(count))
        return (0..<Int(count) / 8).map {
            unsafe start.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)
        }
    }

    private static func copy(
        _ text: [UInt8],
        terminatedInto target: UnsafeMutableRawBufferPointer
    ) {
        guard target.count > 0 else { return }
        let count = min(text.count, target.count - 1)
        unsafe target.copyBytes(from: text[..<count])
        unsafe target[count] = 0
    }
}

extension Machine {
    /// Gives a line to the host's trace, without its line end.
    func trace(_ text: some BidirectionalCollection<UInt8>) {
        let isLine = text.last == UInt8(ascii: "\n")
        host.options.trace(
            TraceLine(
                program: program?.name ?? "",
                cpu: cpu,
                timestamp: host.options.clock.monotonic,
                text: String(decoding: isLine ? text.dropLast() : text[...], as: UTF8.self)
            )
        )
    }
}

extension HelperCall {
    /// Says once that a helper does not do its work here, and why.
    func reportUnavailable(_ helper: HelperID, _ reason: String) {
        machine.host.reportOnce(
            "bpf_\(Helper(helper).name) does not work in user space: \(reason)",
            key: "helper \(helper.rawValue)"
        )
    }
}
