extension FixedString: Hashable {
    /// Whether two texts are the same.
    @inline(__always) @_disfavoredOverload
    public static func == (left: Self, right: Self) -> Bool {
        for index in 0..<capacity {
            let byte = left[byte: index]
            guard byte == right[byte: index] else { return false }
            if byte == 0 { return true }
        }
        return true
    }

    /// Feeds the text to a hasher.
    @inline(__always)
    public func hash(into hasher: inout Hasher) {
        for index in 0..<capacity {
            hasher.combine(self[byte: index])
            if self[byte: index] == 0 { return }
        }
    }
}

extension FixedString {
    /// Whether it is a text that is written in the source.
    @inline(__always)
    public static func == (left: Self, right: StaticString) -> Bool {
        let count = right.utf8CodeUnitCount
        return left.hasPrefix(right) && (count == capacity || left[byte: count] == 0)
    }

    /// Whether it is another text than one that is written in the source.
    @inline(__always)
    public static func != (left: Self, right: StaticString) -> Bool { !(left == right) }

    /// Whether it is a text that is written in the source, as a case of a `switch`.
    @inline(__always)
    public static func ~= (pattern: StaticString, text: Self) -> Bool { text == pattern }

    /// Whether it begins with a text that is written in the source.
    @inline(__always)
    public func hasPrefix(_ prefix: StaticString) -> Bool {
        let count = prefix.utf8CodeUnitCount
        guard count <= capacity else { return false }
        var difference: UInt8 = 0
        for index in 0..<count { difference |= self[byte: index] ^ prefix.utf8Start[index] }
        return difference == 0
    }

    /// Whether it begins with another text, such as one that the application sets.
    @inline(__always) @_disfavoredOverload
    public func hasPrefix<let other: Int>(_ prefix: FixedString<other>) -> Bool {
        for index in 0..<other {
            let byte = prefix[byte: index]
            if byte == 0 { return true }
            guard index < capacity, self[byte: index] == byte else { return false }
        }
        return true
    }

    /// Whether it ends with a text that is written in the source.
    @inline(__always)
    public func hasSuffix(_ suffix: StaticString) -> Bool {
        let (own, count) = (self.count, suffix.utf8CodeUnitCount)
        guard count <= own else { return false }
        var difference: UInt8 = 0
        for index in 0..<count {
            difference |= self[byte: own &- count &+ index] ^ suffix.utf8Start[index]
        }
        return difference == 0
    }

    /// How many bytes the text has, without zeros behind it.
    @inline(__always)
    public var count: Int {
        for index in 0..<capacity where self[byte: index] == 0 { return index }
        return capacity
    }

    /// Whether there is no text.
    @inline(__always)
    public var isEmpty: Bool { self[byte: 0] == 0 }

    /// A byte of the text; ends the program past the end.
    @inline(__always)
    public subscript(_ index: Int) -> UInt8 {
        get { bytes[index] }
        set { bytes[index] = newValue }
    }

    /// A byte at an index that is known to be within bounds.
    @inline(__always) @usableFromInline
    subscript(byte index: Int) -> UInt8 { bytes[unchecked: index] }
}
