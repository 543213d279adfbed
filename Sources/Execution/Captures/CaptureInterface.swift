import EBPFBytecode

/// What an interface description block says about the packets of one interface.
struct CaptureInterface {
    let linkType: LinkType
    /// The most bytes captured of a packet; the file's 0 means no limit.
    let snapshotLength: Int
    /// How the fractions of a second are counted.
    private(set) var resolution = TimeResolution.decimal(6)
    /// Seconds to add to each timestamp.
    private(set) var timeOffset: Int64 = 0

    /// The unit of timestamps: 10 or 2 to the power of minus a number of seconds.
    enum TimeResolution {
        case decimal(Int)
        case binary(Int)
    }

    /// The options that matter here (`if_tsresol`, `if_tsoffset`).
    private enum Option {
        static let end: UInt16 = 0
        static let resolution: UInt16 = 9
        static let offset: UInt16 = 14
    }

    /// Reads a block in the window that starts at its type and whose body ends at `bodyEnd`.
    ///
    /// An option that runs past the block's end is ignored with all that follow.
    init(_ input: borrowing CaptureInput, bodyEnd: Int, _ order: ByteOrder) {
        linkType = LinkType(rawValue: input.number(UInt16.self, at: 8, order))
        let limit = input.number(UInt32.self, at: 12, order)
        snapshotLength = limit == 0 ? .max : Int(limit)
        var place = 16
        while place + 4 <= bodyEnd {
            let code = input.number(UInt16.self, at: place, order)
            let length = Int(input.number(UInt16.self, at: place + 2, order))
            place += 4
            guard code != Option.end, place + length <= bodyEnd else { return }
            switch (code, length) {
            case (Option.resolution, 1):
                resolution = TimeResolution(input.number(UInt8.self, at: place, order))
            case (Option.offset, 8):
                let seconds = input.number(UInt64.self, at: place, order)
                timeOffset = Int64(bitPattern: seconds)
            default: break
            }
            place += (length + 3) & ~3
        }
    }

    /// Nanoseconds since 1970 for a timestamp of this interface; times out of range are clamped.
    func nanoseconds(_ timestamp: UInt64) -> UInt64 {
        let time = resolution.nanoseconds(timestamp)
        guard timeOffset != 0 else { return time }
        let (shift, tooFar) = timeOffset.magnitude.multipliedReportingOverflow(by: 1_000_000_000)
        if timeOffset < 0 { return tooFar || shift > time ? 0 : time - shift }
        let (sum, overflow) = time.addingReportingOverflow(shift)
        return tooFar || overflow ? .max : sum
    }
}

extension CaptureInterface.TimeResolution {
    /// Takes the byte of `if_tsresol` apart: its highest bit chooses the base.
    init(_ byte: UInt8) {
        let exponent = Int(byte & 0x7f)
        self = byte & 0x80 == 0 ? .decimal(exponent) : .binary(exponent)
    }

    /// Nanoseconds for a count of this unit, rounded down; clamped where 64 bits are too few.
    func nanoseconds(_ count: UInt64) -> UInt64 {
        switch self {
        case .decimal(let exponent) where exponent <= 9:
            let (product, overflow) = count.multipliedReportingOverflow(
                by: Self.powerOfTen(9 - exponent)
            )
            return overflow ? .max : product
        case .decimal(let exponent):
            return exponent - 9 > 19 ? 0 : count / Self.powerOfTen(exponent - 9)
        case .binary(let exponent):
            let (high, low) = count.multipliedFullWidth(by: 1_000_000_000)
            switch exponent {
            case 0: return high == 0 ? low : .max
            case 1..<64:
                let unit = UInt64(exponent)
                return high >> unit == 0 ? high << (64 - unit) | low >> unit : .max
            default: return exponent < 128 ? high >> UInt64(exponent - 64) : 0
            }
        }
    }

    /// 10 to a power of at most 19.
    private static func powerOfTen(_ exponent: Int) -> UInt64 {
        (0..<exponent).reduce(1) { power, _ in power &* 10 }
    }
}
