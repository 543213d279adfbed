import EBPFBytecode

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A window on the bytes of a capture that only moves forward.
///
/// A file is read in pieces, so a capture of any size, or one from a pipe, takes the memory of one
/// piece or one packet. Bytes that are already in memory are used where they are.
struct CaptureInput: ~Copyable {
    private static let pieceSize = 1 << 18

    /// The open file; `nil` when all bytes are in the window.
    private let descriptor: Int32?
    private let path: String
    /// The bytes from `start` to `end` are those to come; the rest is room for reading.
    private var window: [UInt8]
    private var start = 0
    private var end: Int
    private var sawEnd: Bool
    /// The place in the file of the next byte.
    private(set) var offset: UInt64 = 0
    /// The number of bytes in the file; `nil` for a pipe.
    let size: UInt64?

    init(_ bytes: [UInt8]) {
        descriptor = nil
        path = ""
        window = bytes
        end = bytes.count
        sawEnd = true
        size = UInt64(bytes.count)
    }

    init(path: String) throws(CaptureError) {
        let opened = path == "-" ? dup(0) : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw CaptureError(.system(operation: "open", path: path, errno: errno))
        }
        descriptor = opened
        self.path = path
        window = Array(repeating: 0, count: Self.pieceSize)
        end = 0
        sawEnd = false
        var status = stat()
        let isFile = unsafe fstat(opened, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isFile ? UInt64(clamping: status.st_size) : nil
    }

    deinit {
        if let descriptor { _ = close(descriptor) }
    }

    /// How many bytes can be seen without reading on.
    var available: Int { end - start }

    /// Makes the next `count` bytes available; false if the file ends before.
    mutating func require(_ count: Int) throws(CaptureError) -> Bool {
        while available < count {
            guard !sawEnd else { return false }
            try readPiece()
        }
        return true
    }

    /// A number in the window, `distance` bytes on; 0 where no bytes are available.
    func number<Value: FixedWidthInteger & UnsignedInteger>(
        _ type: Value.Type,
        at distance: Int,
        _ order: ByteOrder
    ) -> Value {
        let size = MemoryLayout<Value>.size
        guard distance >= 0, size <= available, distance <= available - size else { return 0 }
        var value: Value = 0
        for index in 0..<size {
            let byte = Value(truncatingIfNeeded: window[start + distance + index])
            switch order {
            case .little: value |= byte << Value(truncatingIfNeeded: 8 * index)
            case .big: value = value << 8 | byte
            }
        }
        return value
    }

    /// A copy of bytes in the window; fewer than `count` where no more are available.
    func bytes(at distance: Int, count: Int) -> [UInt8] {
        let first = min(start + distance, end)
        return Array(window[first..<min(first + count, end)])
    }

    /// Moves past `count` bytes, or to the end; returns how many bytes were missing.
    mutating func skip(_ count: Int) throws(CaptureError) -> Int {
        var left = count
        while left > 0 {
            if available == 0 {
                guard !sawEnd else { return left }
                try readPiece()
            }
            let step = min(left, available)
            start += step
            offset += UInt64(step)
            left -= step
        }
        return 0
    }

    private mutating func readPiece() throws(CaptureError) {
        guard let descriptor else { return }
        makeRoom()
        let count = fill(descriptor)
        guard count >= 0 else {
            throw CaptureError(
                offset: offset,
                .system(operation: "read", path: path, errno: errno)
            )
        }
        end += count
        sawEnd = count == 0
    }

    /// Moves what is still to come to the front; a window full of that is made twice as big.
    private mutating func makeRoom() {
        let count = available
        if start > 0 {
            for index in 0..<count { window[index] = window[start + index] }
            start = 0
            end = count
        }
        if end == window.count { window += Array(repeating: 0, count: window.count) }
    }

    /// Reads into the room at the end; the result is that of read(2), less interruptions.
    private mutating func fill(_ descriptor: Int32) -> Int {
        let used = end
        return unsafe window.withUnsafeMutableBytes { window in
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: window[used...])
            while true {
                let count = unsafe read(descriptor, room.baseAddress, room.count)
                if count >= 0 || errno != EINTR { return count }
            }
        }
    }
}
