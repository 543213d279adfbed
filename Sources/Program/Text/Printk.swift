/// Writes a line to the kernel's trace, which `ebpf prog tracelog` shows (`bpf_trace_printk`).
///
/// ```swift
/// printk("\(Process.id) opened \(count) files")
/// ```
/// The kernel formats the line. Numbers, addresses and fixed strings can be part of it: three, or
/// with Linux 5.16 eight. Lines longer than 120 bytes are cut off.
@inline(__always)
public func printk(_ message: KernelMessage) {
    message.parts.print()
}

/// A line for the kernel's trace: a format and what goes into it.
public struct KernelMessage: ExpressibleByStringInterpolation {
    @usableFromInline var parts: StringInterpolation

    /// A line without values.
    @inline(__always)
    public init(stringLiteral value: StaticString) {
        parts = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        parts.appendLiteral(value)
    }

    /// A line of parts.
    @inline(__always)
    public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation }

    /// The parts of a line: a format as of C, and numbers.
    public struct StringInterpolation: StringInterpolationProtocol {
        @usableFromInline var format: InlineArray<16, UInt64>
        @usableFromInline var length: Int
        @usableFromInline var values: InlineArray<8, UInt64>
        @usableFromInline var count: Int
        /// Copies of texts and addresses, to which values point.
        @usableFromInline var copies: InlineArray<16, UInt64>
        @usableFromInline var copied: Int
        /// Which values are copies, and where they lie: a byte for each value, 0 for none.
        @usableFromInline var places: UInt64

        /// An empty line.
        @inline(__always)
        public init(literalCapacity: Int, interpolationCount: Int) {
            format = InlineArray(repeating: 0)
            values = InlineArray(repeating: 0)
            copies = InlineArray(repeating: 0)
            copied = 0
            places = 0
            length = 0
            count = 0
        }

        /// Adds text.
        @inline(__always)
        public mutating func appendLiteral(_ literal: StaticString) {
            let room = 120 &- length
            let size = literal.utf8CodeUnitCount
            guard size <= room else { return }
            let target = length
            withUnsafeMutablePointer(to: &format) {
                UnsafeMutableRawPointer($0).advanced(by: target)
                    .copyMemory(from: literal.utf8Start, byteCount: size)
            }
            length = length &+ size
        }

        /// Adds a number.
        @inline(__always)
        public mutating func appendInterpolation<Number: FixedWidthInteger>(_ number: Number) {
            if Number.isSigned {
                append(UInt64(bitPattern: Int64(truncatingIfNeeded: number)), as: "%lld")
            } else {
                append(UInt64(truncatingIfNeeded: number), as: "%llu")
            }
        }

        /// Adds a number in hexadecimal.
        @inline(__always)
        public mutating func appendInterpolation(hex number: some FixedWidthInteger) {
            append(UInt64(truncatingIfNeeded: number), as: "0x%llx")
        }

        /// Adds a text. What does not fit into 128 bytes with the other texts is left out.
        @inline(__always)
        public mutating func appendInterpolation<let capacity: Int>(_ text: FixedString<capacity>) {
            append(copyOf: text, as: "%s")
        }

        /// Adds an address in dotted notation.
        @inline(__always)
        public mutating func appendInterpolation(_ address: IPv4Address) {
            append(copyOf: address, as: "%pI4")
        }

        /// Adds an address in eight groups of hexadecimal digits.
        @inline(__always)
        public mutating func appendInterpolation(_ address: IPv6Address) {
            append(copyOf: address, as: "%pI6")
        }

        /// Adds a text in the kernel's memory.
        @inline(__always)
        public mutating func appendInterpolation(kernelString address: UInt) {
            append(UInt64(address), as: "%s")
        }

        /// Adds `true` or `false`.
        @inline(__always)
        public mutating func appendInterpolation(_ flag: Bool) {
            let text: FixedString<6> = flag ? "true" : "false"
            append(copyOf: text, as: "%s")
        }

        /// Adds a value that the kernel reads where it lies: a copy, that lives as long as the line.
        @inline(__always) @usableFromInline
        mutating func append<Value: BitwiseCopyable>(
            copyOf value: Value, as specifier: StaticString
        ) {
            let (start, size) = (copied, MemoryLayout<Value>.size)
            guard count < 8, start &+ size &+ 1 <= 128 else { return }
            appendLiteral(specifier)
            withUnsafeMutablePointer(to: &copies) {
                UnsafeMutableRawPointer($0).advanced(by: start)
                    .storeBytes(of: value, as: Value.self)
            }
            // A number for now: where the copy is, from the first one on, counted from 1.
            places = places | UInt64(start &+ 1) << UInt64(truncatingIfNeeded: 8 &* count)
            copied = start &+ size &+ 1
            count = count &+ 1
        }

        @inline(__always) @usableFromInline
        mutating func append(_ value: UInt64, as specifier: StaticString) {
            guard count < 8 else { return }
            appendLiteral(specifier)
            values[count] = value
            count = count &+ 1
        }

        @inline(__always) @usableFromInline
        func print() {
            // Each in memory of its own, which the optimiser can take for what was built before:
            // the stack has 512 bytes.
            var (format, values, copies) = (format, values, copies)
            let (many, places) = (count > 3, places)
            let size = UInt32(truncatingIfNeeded: count &* 8)
            withUnsafeMutablePointer(to: &copies) { copies in
                for index in 0..<8 {
                    let place = Int(truncatingIfNeeded: places >> UInt64(8 &* index) & 0xff)
                    guard place > 0 else { continue }
                    values[index] = readable(UnsafeMutableRawPointer(copies) + (place &- 1))
                }
                withUnsafeMutablePointer(to: &format) { format in
                    guard many else {
                        Helpers.tracePrintk(format, 128, values[0], values[1], values[2])
                        return
                    }
                    withUnsafeMutablePointer(to: &values) { values in
                        _ = Helpers.traceVprintk(format, 128, values, size)
                    }
                }
            }
        }
    }
}

#if EBPF_KERNEL
/// The address by which the kernel reads memory of the program.
@inline(__always) @usableFromInline
func readable(_ pointer: UnsafeMutableRawPointer) -> UInt64 { UInt64(UInt(bitPattern: pointer)) }
#else
@usableFromInline
func readable(_ pointer: UnsafeMutableRawPointer) -> UInt64 { NativeWorld.address(of: pointer) }
#endif
