extension Feature {
    /// Arithmetic of every width; `n` is 64, which the compiler does not know.
    static let arithmetic: [Feature] =
        [
            Feature(
                "wrapping arithmetic", 63,
                """
                static func run(_ n: Int) -> Int {
                    let a = UInt8(truncatingIfNeeded: n)
                    return Int(a &* 5 &- 1) + Int(a &+ 192) + Int(Int8(bitPattern: a) &+ 64) + 256 - Int(a) - 64
                }
                """),
            Feature(
                "shifts and bits", 73,
                """
                static func run(_ n: Int) -> Int {
                    let x = UInt32(truncatingIfNeeded: n)
                    return Int((x << 1) >> 1 | 1) + x.trailingZeroBitCount + x.nonzeroBitCount + Int(~x & 1) + Int(x >> 40)
                }
                """),
            Feature(
                "leading zeros", 82,
                """
                static func run(_ n: Int) -> Int {
                    n.leadingZeroBitCount + UInt32(truncatingIfNeeded: n).leadingZeroBitCount
                }
                """),
            Feature(
                "byte order", 16384,
                "static func run(_ n: Int) -> Int { Int(UInt16(truncatingIfNeeded: n).bigEndian) }"),
            Feature(
                "conversions that check", 3,
                """
                static func run(_ n: Int) -> Int {
                    (Int8(exactly: n) == nil ? 0 : 1) + (UInt8(exactly: -n) == nil ? 2 : 0) + Int(UInt8(clamping: n * 100)) - 255
                }
                """),
            Feature(
                "quotient and remainder", 11,
                "static func run(_ n: Int) -> Int { let (q, r) = n.quotientAndRemainder(dividingBy: 7); return q + r + 1 }"
            ),
            Feature(
                "signed remainder keeps the sign of the first", 99,
                "static func run(_ n: Int) -> Int { (-n) % 7 + 100 + n % -9 - 1 + 0 * n + (-n) / 64 + 1 }"
            ),
            Feature(
                "minimum, maximum, magnitude and signum", 196,
                "static func run(_ n: Int) -> Int { min(n, 3) + max(n, 128) + Int((-n).magnitude) + n.signum() }"
            ),
            Feature(
                "overflow that is reported", 3,
                """
                static func run(_ n: Int) -> Int {
                    let (_, over) = UInt64(truncatingIfNeeded: n).multipliedReportingOverflow(by: 1 << 60)
                    let (_, under) = Int8(truncatingIfNeeded: n).addingReportingOverflow(64)
                    return (over ? 1 : 0) + (under ? 2 : 0)
                }
                """),
            Feature(
                "Booleans", 5,
                "static func run(_ n: Int) -> Int { let a = n > 3, b = n < 3; return (a && !b ? 1 : 0) + (a || b ? 4 : 0) }"
            ),
        ] + widths.flatMap(atEveryLimit)

    private static let widths = [
        "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64",
    ]

    /// Checked operations next to the limits of a type: these must not end the program.
    private static func atEveryLimit(_ type: String) -> [Feature] {
        [
            Feature(
                "\(type): sums up to the limits", 3,
                """
                static func run(_ n: Int) -> Int {
                    let x = \(type)(truncatingIfNeeded: n)
                    let top = \(type).max - x, bottom = \(type).min + x
                    return (top + x == \(type).max ? 1 : 0) + (bottom - x == \(type).min ? 2 : 0)
                }
                """),
            Feature(
                "\(type): products up to the limits", 7,
                """
                static func run(_ n: Int) -> Int {
                    let x = \(type)(truncatingIfNeeded: n / 32)
                    let a = \(type).max / x * x, b = \(type).min / x * x, zero = (x - x) * \(type).max
                    return (a == \(type).max - 1 ? 1 : 0) + (b == \(type).min ? 2 : 0) + (zero == 0 ? 4 : 0)
                }
                """),
            Feature(
                "\(type): what goes over a limit is found", 31,
                """
                static func run(_ n: Int) -> Int {
                    let x = \(type)(truncatingIfNeeded: n / 32)
                    let sum = \(type).max.addingReportingOverflow(x), less = \(type).min.subtractingReportingOverflow(x)
                    let product = \(type).max.multipliedReportingOverflow(by: x)
                    let fits = (\(type).max / x).multipliedReportingOverflow(by: x)
                    let lowest = (\(type).min / x).multipliedReportingOverflow(by: x)
                    return (sum.overflow ? 1 : 0) + (less.overflow ? 2 : 0) + (product.overflow ? 4 : 0)
                        + (fits.overflow ? 0 : 8) + (lowest.overflow ? 0 : 16)
                }
                """),
            Feature(
                "\(type): quotients and remainders", 21,
                """
                static func run(_ n: Int) -> Int {
                    let x = \(type)(truncatingIfNeeded: n)
                    return Int(x / 3 % 10) + Int(x % 5) * 5
                }
                """),
        ]
    }
}
