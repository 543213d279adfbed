extension Feature {
    /// Control flow, closures, ownership and memory.
    static let flow: [Feature] = [
        Feature(
            "switch over ranges, tuples and conditions", 111,
            """
            static func run(_ n: Int) -> Int {
                let range = switch n { case ..<10: 0; case 10..<64: 10; case 64...100: 100; default: 7 }
                let pair = switch (n & 1, n > 60) { case (0, true): 10; case (1, _): 20; default: 30 }
                let condition = switch n { case let x where x % 3 == 1: 1; default: 2 }
                return range + pair + condition
            }
            """),
        Feature(
            "closures that capture", 74,
            """
            static func apply(_ body: (Int) -> Int) -> Int { body(4) + body(6) }
            static func run(_ n: Int) -> Int { var total = n; _ = apply { total += $0; return $0 }; return total }
            """),
        Feature(
            "nested functions", 192,
            """
            static func run(_ n: Int) -> Int { func twice(_ x: Int) -> Int { x * 2 + n }; return twice(n) }
            """),
        Feature(
            "autoclosures", 64,
            """
            static func or(_ a: Int, _ b: @autoclosure () -> Int) -> Int { a != 0 ? a : b() }
            static func run(_ n: Int) -> Int { or(n - 64, n) }
            """),
        Feature(
            "defer", 66,
            """
            static func add(_ total: inout Int, _ n: Int) -> Int { defer { total += 2 }; return total + n }
            static func run(_ n: Int) -> Int { var total = 0; let x = add(&total, n); return x + total }
            """),
        Feature(
            "for loops", 2016,
            "static func run(_ n: Int) -> Int { var s = 0; for i in 0..<(n & 127) { s += i }; return s }"
        ),
        Feature(
            "strides, reversed and where", 72,
            """
            static func run(_ n: Int) -> Int {
                var s = n & 0
                for i in stride(from: 0, to: 16, by: 4) { s += i }
                for i in (0...6).reversed() where i % 2 == 0 { s += i * 4 }
                return s
            }
            """),
        Feature(
            "while, repeat, break and continue", 39,
            """
            static func run(_ n: Int) -> Int {
                var (i, s) = (0, 0)
                while i < 20 { i += 1; if i % 2 == 0 { continue }; if i > 11 { break }; s += i }
                repeat { s += 1; i -= 1 } while i > 10
                return s + (n & 0)
            }
            """),
        Feature(
            "labelled loops", 6,
            """
            static func run(_ n: Int) -> Int {
                var s = n & 0
                outer: for i in 0..<5 { for j in 0..<5 { if i + j == 6 { break outer }; if j > i { continue outer }; s += 1 } }
                return s - 3
            }
            """),
        Feature(
            "typed throws", 74,
            """
            enum Problem: Error { case odd, small }
            static func half(_ n: Int) throws(Problem) -> Int { if n % 2 == 1 { throw .odd }; return n / 2 }
            static func run(_ n: Int) -> Int {
                do throws(Problem) { let a = try half(n); return a + (try half(n + 1)) }
                catch { return error == .odd ? 74 : 2 }
            }
            """),
        Feature(
            "try?", 31,
            """
            enum Problem: Error { case odd }
            static func half(_ n: Int) throws(Problem) -> Int { if n % 2 == 1 { throw .odd }; return n / 2 }
            static func run(_ n: Int) -> Int { ((try? half(n)) ?? 0) + ((try? half(n + 1)) ?? -1) }
            """),
        Feature(
            "inout and swap", 126,
            """
            static func double(_ x: inout Int) { x *= 2 }
            static func run(_ n: Int) -> Int { var (a, b) = (n, 2); double(&a); swap(&a, &b); return b - a }
            """),
        Feature(
            "noncopyable types with deinit", 65,
            """
            struct Owner: ~Copyable {
                let place: UnsafeMutablePointer<Int>
                deinit { place.pointee += 1 }
            }
            static func use(_ place: UnsafeMutablePointer<Int>) { let owner = Owner(place: place); owner.place.pointee += 0 }
            static func run(_ n: Int) -> Int { var x = n; use(&x); return x }
            """),
        Feature(
            "consuming and borrowing", 66,
            """
            struct Token: ~Copyable { var value: Int; consuming func spend() -> Int { value + 1 }; borrowing func peek() -> Int { value } }
            static func run(_ n: Int) -> Int { let t = Token(value: n); let p = t.peek(); return t.spend() + p - n + 1 }
            """),
        Feature(
            "inline arrays", 74,
            """
            static func run(_ n: Int) -> Int {
                var a: InlineArray<4, Int> = [1, 2, 3, 4]
                a[2] = n
                var s = 0
                for i in a.indices { s += a[i] }
                return s + 3
            }
            """),
        Feature(
            "inline arrays indexed at run time", 5,
            """
            static func run(_ n: Int) -> Int {
                var a = InlineArray<8, Int>(repeating: 5)
                a[n & 7] += n - 64
                return a[(n >> 3) & 7]
            }
            """),
        Feature(
            "inline arrays indexed by remainders", 9,
            """
            static func run(_ n: Int) -> Int {
                var a = InlineArray<6, Int>(repeating: 1)
                a[n % 6] += 2
                a[Int(UInt8(truncatingIfNeeded: n) % 5)] += 3
                a[Int(UInt32(truncatingIfNeeded: n) % 6)] += n / 64
                let tens = InlineArray<26, Int>(repeating: 2)
                return a[Int(UInt64(n) % 6)] + tens[Int(UInt8(truncatingIfNeeded: n) / 10)]
            }
            """),
        Feature(
            "spans", 10,
            """
            static func sum(_ span: Span<Int>) -> Int { var s = 0; for i in span.indices { s += span[i] }; return s }
            static func run(_ n: Int) -> Int { let a: InlineArray<4, Int> = [1, 2, 3, n - 60]; return sum(a.span) }
            """),
        Feature(
            "mutable spans", 260,
            """
            static func fill(_ span: inout MutableSpan<Int>, _ n: Int) { for i in 0..<span.count { span[i] = n + 1 } }
            static func run(_ n: Int) -> Int {
                var a = InlineArray<4, Int>(repeating: 0)
                var span = a.mutableSpan
                fill(&span, n)
                return a[0] + a[1] + a[2] + a[3]
            }
            """),
        Feature(
            "unsafe pointers", 70,
            """
            static func run(_ n: Int) -> Int {
                var pair: (Int, Int) = (n, 6)
                return withUnsafeMutablePointer(to: &pair) { $0.pointee.0 += $0.pointee.1; return $0.pointee.0 }
            }
            """),
        Feature(
            "bytes of a value", 4,
            """
            static func run(_ n: Int) -> Int {
                var number = UInt32(truncatingIfNeeded: n << 8) | 4
                return withUnsafeBytes(of: &number) { Int($0.load(as: UInt8.self)) }
            }
            """),
        Feature(
            "static texts", 113,
            """
            static func run(_ n: Int) -> Int {
                let text: StaticString = "firewall"
                return Int(text.utf8Start[n & 1]) + text.utf8CodeUnitCount + Int(text.utf8Start[1]) - 102
            }
            """),
        Feature(
            "static constants", 71,
            "static let seven = 7\n    static func run(_ n: Int) -> Int { n + seven }"),
        Feature(
            "functions of their own", 141,
            """
            @inline(never) static func mix(_ a: Int, _ b: Int, _ c: Int) -> Int { (a ^ b) * 2 + c }
            static func run(_ n: Int) -> Int { mix(n, 4, 5) + mix(n & 0, 0, 0) }
            """),
        Feature(
            "default, variadic-free and labelled arguments", 67,
            """
            static func add(_ a: Int, by b: Int = 2, and c: Int = 1) -> Int { a + b + c }
            static func run(_ n: Int) -> Int { add(n) }
            """),
        Feature(
            "conditional compilation", 65,
            """
            static func run(_ n: Int) -> Int {
                #if ABSENT
                return n + 9
                #else
                return n + 1
                #endif
            }
            """),
    ]
}
