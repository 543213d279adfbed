public import EBPFTypeFormat

/// A global variable of an object file, which can be read and set before loading.
///
/// Numbers are in the byte order of the program, little-endian.
public struct VariableSpec: Hashable, Sendable {
    /// Its name in the source; of a static variable in a function, `function.name`.
    public var name: String
    /// The map of global data that holds it, such as `.rodata`.
    public var map: String
    /// Where in the map's value it begins, in bytes.
    public var offset: Int
    /// Its size in bytes.
    public var size: Int
    /// Its type in the object's type information.
    public var type: TypeID?
    /// Whether programs can only read it: the compiler and the verifier may rely on its value.
    public var isConstant: Bool
    /// Whether a host gives the value (`extern … __kconfig`).
    public var isExternal: Bool
    /// Whether a host that does not know it leaves it zero.
    public var isWeak: Bool
    /// Its value; always ``size`` bytes.
    public private(set) var bytes: [UInt8]

    /// A variable with an initial value, which gives it its size.
    public init(
        name: String,
        map: String,
        offset: Int,
        bytes: [UInt8],
        type: TypeID? = nil,
        isConstant: Bool = false,
        isExternal: Bool = false,
        isWeak: Bool = false
    ) {
        self.name = name
        self.map = map
        self.offset = offset
        self.size = bytes.count
        self.bytes = bytes
        self.type = type
        self.isConstant = isConstant
        self.isExternal = isExternal
        self.isWeak = isWeak
    }
}

extension VariableSpec {
    /// Sets the value to a number of exactly the variable's width.
    public mutating func set(_ value: some FixedWidthInteger) throws(VariableError) {
        let width = value.bitWidth / 8
        try set(bytes: (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }

    /// Sets a `bool` variable.
    public mutating func set(_ value: Bool) throws(VariableError) {
        try set(UInt8(value ? 1 : 0))
    }

    /// Gives the variable a value of a Swift type that is laid out as the variable.
    ///
    /// - Throws: ``VariableError`` if it has another size.
    public mutating func set<Value: BitwiseCopyable>(bytesOf value: Value) throws(VariableError) {
        let bytes = unsafe withUnsafeBytes(of: value) { unsafe Array($0) }
        try set(bytes: Array(bytes.prefix(MemoryLayout<Value>.size)))
    }

    /// Sets the value to bytes, of which there must be exactly ``size``.
    public mutating func set(bytes: [UInt8]) throws(VariableError) {
        guard bytes.count == size else {
            throw VariableError(variable: name, size: size, given: bytes.count)
        }
        self.bytes = bytes
    }

    /// The value as a number of exactly the variable's width.
    public func get<Value: FixedWidthInteger>(
        as type: Value.Type = Value.self
    ) throws(VariableError) -> Value {
        guard Value.bitWidth / 8 == size else {
            throw VariableError(variable: name, size: size, given: Value.bitWidth / 8)
        }
        return bytes.reversed().reduce(Value(0)) {
            ($0 << 8) | Value(truncatingIfNeeded: $1)
        }
    }
}

/// A value of the wrong size for a variable.
public struct VariableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The variable's name.
    public let variable: String
    /// Its size in bytes.
    public let size: Int
    /// The size of what was given or asked for, in bytes.
    public let given: Int

    /// One line: which variable, and what size it takes.
    public var description: String {
        "variable \(variable): has \(size) bytes, not \(given); use a type of \(size) bytes"
    }
}
