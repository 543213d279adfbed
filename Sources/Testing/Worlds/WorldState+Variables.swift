import EBPF
import EBPFProgram
import Testing

/// Variables and settings: memory of the world, or of the loaded program.
extension WorldState {
    /// What the variable is that the global at an address stands for.
    ///
    /// - Parameter initial: what it is if the compiled program does not know it.
    func value<Value: BitwiseCopyable>(
        at place: UInt, _ initial: Value, _ location: SourceLocation
    ) -> Value {
        defer { tell(location) }
        guard !isNative else { return native.value(at: place) ?? initial }
        guard let object = loaded(),
            let name = name(ofGlobalAt: place, in: object.specs.variables.keys)
        else { return initial }
        do {
            return try object.variable(name, as: Value.self).value
        } catch {
            reports.add("\(error)")
            return initial
        }
    }

    /// Sets the variable that the global at an address stands for.
    func set<Value: BitwiseCopyable>(_ place: UInt, _ value: Value, _ location: SourceLocation) {
        defer { tell(location) }
        guard !isNative else { return native.set(place, value) }
        guard let object = loaded(),
            let name = name(ofGlobalAt: place, in: object.specs.variables.keys)
        else { return }
        do {
            try object.variable(name, as: Value.self).set(value)
        } catch {
            reports.add("\(error)")
        }
    }

    /// Sets the setting that the global at an address stands for.
    func configure<Value: BitwiseCopyable>(
        _ place: UInt, _ value: Value, _ location: SourceLocation
    ) {
        defer { tell(location) }
        guard !hasBegun else {
            reports.add(
                "a setting is given before the program is loaded: set it before the first run and "
                    + "before maps are used")
            return
        }
        guard !isNative else { return native.set(place, value) }
        guard let variables = specs?.variables,
            let name = name(ofGlobalAt: place, in: variables.keys)
        else { return }
        do {
            try specs?.variables[name]?.set(bytesOf: value)
        } catch {
            reports.add("\(error)")
        }
    }
}

extension NativeServer {
    /// What a variable of this world is.
    func value<Value: BitwiseCopyable>(at place: UInt) -> Value? {
        unsafe memory(at: place, Value.self).map { unsafe $0.load(as: Value.self) }
    }

    /// Sets a variable of this world.
    func set<Value: BitwiseCopyable>(_ place: UInt, _ value: Value) {
        if let memory = unsafe memory(at: place, Value.self) {
            unsafe memory.storeBytes(of: value, as: Value.self)
        }
    }

    private func memory<Value>(
        at place: UInt, _: Value.Type
    ) -> UnsafeMutableRawPointer? {
        guard let global = unsafe UnsafeMutableRawPointer(bitPattern: place) else { return nil }
        return unsafe variable(at: global, byteCount: MemoryLayout<Value>.size)
    }
}
