/// How Swift lays a type out: its size, and where its stored properties lie.
///
/// Swift puts the properties of a structure one after the other, each at the next multiple of its
/// alignment; unlike C it uses the room after a nested structure's last member. Where the sizes
/// say that a type is laid out otherwise (one imported from C with bit-fields or unions), its
/// inside is not looked at.
struct SwiftLayout {
    /// The type's name, for messages.
    let name: String
    /// How many bytes its members take, as in `MemoryLayout`.
    let size: Int
    /// How many bytes a value takes with the room after it.
    let stride: Int
    /// What the address of a value is a multiple of.
    let alignment: Int
    /// The stored properties of a structure or tuple; none for numbers and what is opaque.
    let fields: [Field]
    /// Whether it is a floating-point number.
    let isFloat: Bool

    /// A stored property.
    struct Field {
        let name: String
        let offset: Int
        let layout: SwiftLayout
    }

    /// The layout of a type.
    init<Value: BitwiseCopyable>(of type: Value.Type) {
        self.init(plainValue(copying: []) as Value)
    }

    fileprivate init<Value>(_ value: Value) {
        name = String(describing: Value.self)
        size = MemoryLayout<Value>.size
        stride = MemoryLayout<Value>.stride
        alignment = MemoryLayout<Value>.alignment
        isFloat = value is any BinaryFloatingPoint
        let isOpaque =
            value is any BinaryInteger || value is any OpaqueValue || name.hasPrefix("InlineArray<")
        fields = isOpaque ? [] : Self.fields(of: value, size: size, alignment: alignment)
    }

    private static func fields(of value: Any, size: Int, alignment: Int) -> [Field] {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .struct || mirror.displayStyle == .tuple else { return [] }
        var fields: [Field] = []
        var end = 0
        for child in mirror.children {
            let layout = _openExistential(child.value, do: measure)
            let offset = (end + layout.alignment - 1) / layout.alignment * layout.alignment
            fields.append(Field(name: child.label ?? "", offset: offset, layout: layout))
            end = offset + layout.size
        }
        let isAsExpected = end == size || (end + alignment - 1) / alignment * alignment == size
        return isAsExpected ? fields : []
    }
}

/// The layout of a value's type.
private func measure<Value>(_ value: Value) -> SwiftLayout { SwiftLayout(value) }

extension SwiftLayout {
    /// The bytes up to the stride that belong to no number.
    var padding: [Range<Int>] {
        var gaps: [Range<Int>] = []
        var end = 0
        for range in leaves(at: 0) {
            if range.lowerBound > end { gaps.append(end..<range.lowerBound) }
            end = max(end, range.upperBound)
        }
        if stride > end { gaps.append(end..<stride) }
        return gaps
    }

    private func leaves(at start: Int) -> [Range<Int>] {
        guard !fields.isEmpty else { return size > 0 ? [start..<(start + size)] : [] }
        return fields.flatMap { $0.layout.leaves(at: start + $0.offset) }
    }
}

/// Values of this module whose inside is nobody's business: addresses and texts.
protocol OpaqueValue {}
