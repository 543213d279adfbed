public import EBPFKernel
import EBPFBytecode
import EBPFObjectFile

/// A global variable of a loaded object, live: programs see what is set here, and the other way
/// around.
///
/// ```swift
/// let port = try object.variable("port", as: UInt16.self)
/// try port.set(8080)
/// print(try port.value)
/// ```
///
/// Constants (`const volatile`) can only be read; they are set in the specs before loading.
public struct GlobalVariable<Value: BitwiseCopyable>: Sendable {
    /// Its name in the source.
    public let name: String
    /// Whether programs and applications can only read it.
    public let isConstant: Bool
    private let section: GlobalSection
    private let offset: Int
    private let size: Int
    private let padding: [Range<Int>]

    init(
        _ spec: VariableSpec, in section: GlobalSection, padding: [Range<Int>]
    ) {
        name = spec.name
        isConstant = spec.isConstant || section.isConstant
        self.section = section
        offset = spec.offset
        size = spec.size
        self.padding = padding
    }

    /// What it is now.
    ///
    /// Numbers of up to 8 bytes are read in one piece; of a larger value, parts may be newer.
    ///
    /// - Throws: ``KernelError``.
    public var value: Value {
        get throws(KernelError) {
            try unsafe withUninitialized(Value.self) { place throws(KernelError) in
                unsafe try section.read(
                    at: offset, into: UnsafeMutableRawBufferPointer(start: place, count: size))
                return unsafe place.load(as: Value.self)
            }
        }
    }

    /// Sets it; programs see it at once.
    ///
    /// - Throws: ``KernelError``: `EPERM` for a constant.
    public func set(_ value: Value) throws(KernelError) {
        guard !isConstant else {
            throw KernelError(
                "setting variable \(name)", .notPermitted, reason: "it is constant once loaded",
                remedy: "set it in specs.variables before loading")
        }
        try unsafe withStorage(of: value, padding: padding) { place throws(KernelError) in
            unsafe try section.write(
                at: offset, from: UnsafeRawBufferPointer(start: place, count: size))
        }
    }
}

extension LoadedObject {
    /// A global variable as a Swift type.
    ///
    /// - Parameters:
    ///   - name: its name in the source.
    ///   - type: what it is, such as `UInt16.self`.
    /// - Throws: ``BindingError`` if there is none, or if it is laid out otherwise.
    public func variable<Value: BitwiseCopyable>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(BindingError) -> GlobalVariable<Value> {
        guard let spec = specs.variables[name], let map = maps[spec.map] else {
            let suggestion = Spelling.suggestion(for: name, among: specs.variables.keys)
            throw BindingError(.variable, name, .missing(suggestion: suggestion))
        }
        let layout = SwiftLayout(of: type)
        let difference = spec.type.flatMap { layout.difference(from: $0, in: specs.types) }
        if let difference {
            throw BindingError(
                .variable, name,
                .layout(role: "type", type: layout.name, difference: difference))
        }
        guard spec.size == layout.size || spec.size == layout.stride else {
            throw BindingError(
                .variable, name,
                .size(
                    role: "type", bytes: spec.size, type: layout.name, typeBytes: layout.size))
        }
        do throws(KernelError) {
            let section = try globals.section(map)
            return GlobalVariable(spec, in: section, padding: layout.padding)
        } catch {
            throw BindingError(.variable, name, .unusable("\(error)"))
        }
    }
}
