extension Feature {
    /// Types of one's own, and what Swift makes of them without a runtime.
    static let types: [Feature] = [
        Feature(
            "structs with methods", 131,
            """
            struct Point {
                var x: Int, y: Int
                mutating func move(by distance: Int) { x += distance; y += distance }
                var sum: Int { x + y }
            }
            static func run(_ n: Int) -> Int { var p = Point(x: 1, y: 2); p.move(by: n); return p.sum }
            """),
        Feature(
            "nested structs", 71,
            """
            struct Inner { var a: UInt8; var b: UInt32 }
            struct Outer { var inner: Inner; var c: UInt8 }
            static func run(_ n: Int) -> Int {
                var o = Outer(inner: Inner(a: 1, b: 2), c: 4)
                o.inner.b += UInt32(truncatingIfNeeded: n)
                return Int(o.inner.a) + Int(o.inner.b) + Int(o.c)
            }
            """),
        Feature(
            "computed properties and subscripts", 133,
            """
            struct Pair {
                var low: Int, high: Int
                var both: Int { get { low + high } set { low = newValue; high = newValue } }
                subscript(index: Int) -> Int { index == 0 ? low : high }
            }
            static func run(_ n: Int) -> Int {
                var p = Pair(low: 0, high: 0); p.both = n; return p.both + p[0] - n + 5
            }
            """),
        Feature(
            "plain enums", 3,
            """
            enum Size: Int { case small = 1, middle, large }
            static func size(_ n: Int) -> Size { n < 10 ? .small : n < 60 ? .middle : .large }
            static func run(_ n: Int) -> Int { size(n).rawValue }
            """),
        Feature(
            "enums made from raw values", 12,
            """
            enum Version: UInt8 { case four = 4, six = 6 }
            static func run(_ n: Int) -> Int {
                let known = Version(rawValue: UInt8(truncatingIfNeeded: n / 16))
                let unknown = Version(rawValue: UInt8(truncatingIfNeeded: n))
                return (known == .four ? 2 : 1) + (unknown == nil ? 10 : 20)
            }
            """),
        Feature(
            "enums with payloads", 96,
            """
            enum Shape { case none, line(Int), box(width: Int, height: Int) }
            static func shape(_ n: Int) -> Shape { n > 100 ? .none : n > 60 ? .box(width: n, height: 32) : .line(n) }
            static func run(_ n: Int) -> Int {
                switch shape(n) {
                case .none: 0
                case .line(let length): length
                case .box(let width, let height): width + height
                }
            }
            """),
        Feature(
            "generic functions", 64,
            """
            static func larger<T: Comparable>(_ a: T, _ b: T) -> T { a > b ? a : b }
            static func run(_ n: Int) -> Int { larger(n, 3) + Int(larger(UInt8(0), 0)) }
            """),
        Feature(
            "generic types", 66,
            """
            struct Box<Content> { var content: Content; var count = 1 }
            static func run(_ n: Int) -> Int { Box(content: n).content + Box(content: UInt8(1)).count + 1 }
            """),
        Feature(
            "generic parameters that are values", 20,
            """
            struct Ring<let size: Int> { var sum: Int { size * 2 } }
            static func run(_ n: Int) -> Int { n == 64 ? Ring<10>().sum : 0 }
            """),
        Feature(
            "protocols, statically", 80,
            """
            protocol Measured { var size: Int { get } }
            struct Small: Measured { var size: Int { 16 } }
            struct Given: Measured { let size: Int }
            static func total<A: Measured, B: Measured>(_ a: A, _ b: B) -> Int { a.size + b.size }
            static func run(_ n: Int) -> Int { total(Small(), Given(size: n)) }
            """),
        Feature(
            "protocols with associated types", 65,
            """
            protocol Source { associatedtype Element; func next() -> Element }
            struct Numbers: Source { let n: Int; func next() -> Int { n + 1 } }
            static func run(_ n: Int) -> Int { Numbers(n: n).next() }
            """),
        Feature(
            "some parameters and results", 129,
            """
            protocol Countable { var count: Int { get } }
            struct Pair: Countable { let a: Int; var count: Int { a * 2 } }
            static func make(_ n: Int) -> some Countable { Pair(a: n) }
            static func count(_ thing: some Countable) -> Int { thing.count + 1 }
            static func run(_ n: Int) -> Int { count(make(n)) }
            """),
        Feature(
            "optionals", 64,
            """
            static func even(_ n: Int) -> Int? { n % 2 == 0 ? n : nil }
            static func run(_ n: Int) -> Int {
                guard let a = even(n) else { return -1 }
                return (even(n + 1) ?? 0) + a
            }
            """),
        Feature(
            "optional chaining and map", 130,
            """
            struct Node { var value: Int; var next: Int? }
            static func run(_ n: Int) -> Int {
                let node: Node? = n > 1 ? Node(value: n, next: n + 1) : nil
                return (node?.next).map { $0 * 2 } ?? 0
            }
            """),
        Feature(
            "tuples", 62,
            """
            static func split(_ n: Int) -> (low: Int, high: Int) { (n & 3, n - 2) }
            static func run(_ n: Int) -> Int { let (low, high) = split(n); return low + high }
            """),
        Feature(
            "property wrappers", 50,
            """
            @propertyWrapper struct Clamped {
                private var stored = 0
                var wrappedValue: Int { get { stored } set { stored = newValue > 50 ? 50 : newValue } }
            }
            struct Values { @Clamped var level: Int }
            static func run(_ n: Int) -> Int { var v = Values(); v.level = n; return v.level }
            """),
        Feature(
            "result builders", 67,
            """
            @resultBuilder struct Sum {
                static func buildBlock(_ a: Int, _ b: Int, _ c: Int) -> Int { a + b + c }
            }
            static func sum(@Sum _ parts: () -> Int) -> Int { parts() }
            static func run(_ n: Int) -> Int { sum { n; 1; 2 } }
            """),
        Feature(
            "option sets", 7,
            """
            struct Flags: OptionSet { let rawValue: UInt8
                static var syn: Flags { Flags(rawValue: 2) }
                static var ack: Flags { Flags(rawValue: 16) }
                static var big: Flags { Flags(rawValue: 64) } }
            static func run(_ n: Int) -> Int {
                let flags = Flags(rawValue: UInt8(truncatingIfNeeded: n)).union(.syn)
                return (flags.contains(.big) ? 1 : 0) + (flags.contains([.syn, .big]) ? 2 : 0)
                    + (flags.contains(.ack) ? 0 : 4)
            }
            """),
        Feature(
            "operators of one's own", 68,
            """
            struct Vector { var x: Int
                static func + (a: Vector, b: Vector) -> Vector { Vector(x: a.x + b.x) }
                static func += (a: inout Vector, b: Vector) { a = a + b } }
            static func run(_ n: Int) -> Int { var v = Vector(x: n); v += Vector(x: 4); return v.x }
            """),
        Feature(
            "synthesised equality", 3,
            """
            struct Key: Equatable { var a: UInt16; var b: UInt32 }
            static func run(_ n: Int) -> Int {
                let key = Key(a: UInt16(truncatingIfNeeded: n), b: 7)
                return (key == Key(a: 64, b: 7) ? 1 : 0) + (key != Key(a: 64, b: 8) ? 2 : 0)
            }
            """),
    ]
}
