import EBPF
public import EBPFProgram
public import Testing

/// The variables and settings of a program.
extension TestWorld {
    /// What a setting is.
    public func value<Value: BitwiseCopyable>(
        of setting: borrowing Config<Value>, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Value {
        let place = unsafe setting.place
        return state.value(at: UInt(bitPattern: place), setting.value, sourceLocation)
    }

    /// What a variable is.
    public func value<Value: BitwiseCopyable>(
        of variable: borrowing Global<Value>, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Value {
        let place = unsafe variable.place
        return state.value(at: UInt(bitPattern: place), variable.value, sourceLocation)
    }

    /// Sets a setting, as an application does before it loads the program.
    ///
    /// It is an issue of the test to do that after the first run, or after the first use of a map:
    /// programs and maps are there then.
    public func set<Value: BitwiseCopyable>(
        _ setting: borrowing Config<Value>, to value: Value,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let place = unsafe UInt(bitPattern: setting.place)
        state.configure(place, value, sourceLocation)
    }

    /// Sets a variable.
    public func set<Value: BitwiseCopyable>(
        _ variable: borrowing Global<Value>, to value: Value,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let place = unsafe UInt(bitPattern: variable.place)
        state.set(place, value, sourceLocation)
    }
}
