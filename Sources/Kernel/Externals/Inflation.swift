/// Undoes what gzip did (RFC 1951 and 1952): the kernel keeps its configuration so.
struct Inflation {
    private let bytes: [UInt8]
    private let limit: Int
    private var position = 0
    private var buffered: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []

    /// Why bytes cannot be unpacked.
    enum Failure: Error { case notGzip, truncated, malformed, tooLarge }

    /// The content of a gzip file of one member.
    ///
    /// - Parameter limit: the most bytes it may have.
    static func gunzip(_ bytes: [UInt8], limit: Int = 1 << 24) throws(Failure) -> [UInt8] {
        var work = Inflation(bytes, limit: limit)
        try work.skipHeader()
        try work.unpack()
        return work.output
    }

    private init(_ bytes: [UInt8], limit: Int) { (self.bytes, self.limit) = (bytes, limit) }

    /// Two magic bytes, the method, flags, and what the flags announce.
    private mutating func skipHeader() throws(Failure) {
        guard bytes.count >= 18, bytes[0] == 0x1f, bytes[1] == 0x8b, bytes[2] == 8
        else { throw .notGzip }
        let (checksum, extra, name, comment): (UInt8, UInt8, UInt8, UInt8) = (2, 4, 8, 16)
        let flags = bytes[3]
        position = 10
        if flags & extra != 0 {
            position += 2 + Int(bytes[10]) + Int(bytes[11]) << 8
        }
        for text in [name, comment] where flags & text != 0 {
            while position < bytes.count, bytes[position] != 0 { position += 1 }
            position += 1
        }
        if flags & checksum != 0 { position += 2 }
    }

    // MARK: Blocks

    private mutating func unpack() throws(Failure) {
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            switch try bits(2) {
            case 0: try copyStored()
            case 1: try decode(.fixedLiterals, .fixedDistances)
            case 2:
                let (literals, distances) = try readCodes()
                try decode(literals, distances)
            default: throw .malformed
            }
        }
    }

    private mutating func copyStored() throws(Failure) {
        (buffered, bitCount) = (0, 0)
        guard position + 4 <= bytes.count else { throw .truncated }
        let count = Int(bytes[position]) | Int(bytes[position + 1]) << 8
        let inverse = Int(bytes[position + 2]) | Int(bytes[position + 3]) << 8
        guard count == ~inverse & 0xffff else { throw .malformed }
        position += 4
        guard position + count <= bytes.count else { throw .truncated }
        guard output.count + count <= limit else { throw .tooLarge }
        output += bytes[position..<position + count]
        position += count
    }

    private mutating func decode(
        _ literals: PrefixCode, _ distances: PrefixCode
    ) throws(Failure) {
        while true {
            let symbol = try self.symbol(literals)
            guard symbol != 256 else { return }
            guard symbol > 256 else {
                guard output.count < limit else { throw .tooLarge }
                output.append(UInt8(symbol))
                continue
            }
            let count = try length(symbol - 257)
            let distance = try distance(try self.symbol(distances))
            guard distance <= output.count else { throw .malformed }
            guard output.count + count <= limit else { throw .tooLarge }
            for _ in 0..<count { output.append(output[output.count - distance]) }
        }
    }

    /// Eight lengths one after the other, then four for each number of further bits.
    private mutating func length(_ code: Int) throws(Failure) -> Int {
        guard code < 29 else { throw .malformed }
        if code == 28 { return 258 }
        guard code >= 8 else { return code + 3 }
        let extra = code / 4 - 1
        return 3 + (4 + code % 4) << extra + (try bits(extra))
    }

    /// Four distances one after the other, then two for each number of further bits.
    private mutating func distance(_ code: Int) throws(Failure) -> Int {
        guard code < 30 else { throw .malformed }
        guard code >= 4 else { return code + 1 }
        let extra = code / 2 - 1
        return 1 + (2 + code % 2) << extra + (try bits(extra))
    }

    /// The codes of a block, themselves packed by a third one.
    private mutating func readCodes() throws(Failure) -> (PrefixCode, PrefixCode) {
        let literalCount = try bits(5) + 257
        let distanceCount = try bits(5) + 1
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var lengths = [Int](repeating: 0, count: 19)
        for index in 0..<(try bits(4) + 4) { lengths[order[index]] = try bits(3) }
        guard let code = PrefixCode(lengths: lengths) else { throw .malformed }
        lengths = []
        while lengths.count < literalCount + distanceCount {
            switch try symbol(code) {
            case 16:
                guard let last = lengths.last else { throw .malformed }
                lengths += Array(repeating: last, count: try bits(2) + 3)
            case 17: lengths += Array(repeating: 0, count: try bits(3) + 3)
            case 18: lengths += Array(repeating: 0, count: try bits(7) + 11)
            case let length: lengths.append(length)
            }
        }
        guard lengths.count == literalCount + distanceCount,
            let literals = PrefixCode(lengths: Array(lengths[..<literalCount])),
            let distances = PrefixCode(lengths: Array(lengths[literalCount...]))
        else { throw .malformed }
        return (literals, distances)
    }

    // MARK: Bits

    /// The next bits as a number, the first one lowest.
    private mutating func bits(_ count: Int) throws(Failure) -> Int {
        while bitCount < count {
            guard position < bytes.count else { throw .truncated }
            buffered |= UInt32(bytes[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        let value = buffered & (1 << UInt32(count) - 1)
        buffered >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    /// The symbol whose code comes next, its highest bit first.
    private mutating func symbol(_ code: PrefixCode) throws(Failure) -> Int {
        var (value, first, index) = (0, 0, 0)
        for length in 1...15 {
            value |= try bits(1)
            let count = code.counts[length]
            if value - first < count { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw .malformed
    }
}

/// A code in which no code begins with another; the lengths of the codes say all (RFC 1951, 3.2.2).
private struct PrefixCode {
    /// How many codes have each length.
    let counts: [Int]
    /// The symbols by the length of their codes, then in their own order.
    let symbols: [Int]

    /// A code; `nil` if there are more codes than bits can tell apart.
    init?(lengths: [Int]) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths where length > 0 { counts[length] += 1 }
        var free = 1
        for length in 1...15 {
            free = free * 2 - counts[length]
            guard free >= 0 else { return nil }
        }
        self.counts = counts
        symbols = (1...15).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }

    private init(_ groups: [(count: Int, length: Int)]) {
        let lengths = groups.flatMap { Array(repeating: $0.length, count: $0.count) }
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[length] += 1 }
        self.counts = counts
        symbols = (1...15).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }

    static let fixedLiterals = PrefixCode([(144, 8), (112, 9), (24, 7), (8, 8)])
    static let fixedDistances = PrefixCode([(30, 5)])
}
