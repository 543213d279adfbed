import EBPFBytecode

/// The function of a program, as a test hands it over: to be called, or to be found by its name in
/// a compiled object.
struct ProgramFunction {
    /// The kind of program, which says what its context is; compiled programs know theirs.
    let type: ProgramType
    /// What it is called in the source, if the test says it.
    let name: String?
    /// Addresses one of which is that of the function.
    let addresses: [UInt]
    /// Calls it.
    let body: NativeBody

    /// - Parameters:
    ///   - function: the function as a value; it lies in `holder` as the compiler keeps it.
    ///   - body: calls it with a context.
    init<Holder>(
        _ type: ProgramType, named name: String?, _ holder: Holder, _ body: @escaping NativeBody
    ) {
        self.type = type
        self.name = name
        self.body = body
        addresses = Self.addresses(in: holder)
    }

    /// The names by which a compiled object may know it.
    var names: [String] {
        if let name { return [name] }
        return addresses.flatMap { Symbols.shared.names(at: $0) }
    }

    /// A function as a value is two words: its code, and what it captured. What was made of
    /// another function (for generic types the compiler does that) has captured that one.
    private static func addresses<Holder>(in holder: Holder) -> [UInt] {
        unsafe withUnsafeBytes(of: holder) { bytes in
            guard bytes.count >= 16 else { return [] }
            let code = unsafe bytes.loadUnaligned(as: UInt.self)
            let captured = unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt.self)
            guard let box = unsafe UnsafePointer<UInt>(bitPattern: captured) else { return [code] }
            // SAFETY: captures begin behind the two words of every object of Swift, and this is
            // one of at least 32 bytes; the words are only compared with addresses of functions.
            return unsafe [code, box[2], box[3]]
        }
    }
}

/// A function as the compiler keeps it, without the detour that generic code would take.
struct Held<Function> { let function: Function }
