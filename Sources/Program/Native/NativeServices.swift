#if !EBPF_KERNEL
/// What serves a kernel program that runs as ordinary code of a process, in place of a kernel:
/// `TestWorld` of the module `EBPFTesting`.
///
/// Pointers cross as numbers of 64 bits. Addresses of the machine, which callbacks get, are turned
/// into pointers by ``pointer(to:)``.
public protocol NativeServices: AnyObject, Sendable {
    /// Calls a helper by its number, with five arguments as the program has them.
    func call(_ helper: UInt32, _ arguments: [UInt64]) -> UInt64
    /// Calls a helper that calls back; `callback` gets addresses of the machine.
    func call(
        _ helper: UInt32, _ arguments: [UInt64], callback: (UInt64, UInt64, UInt64) -> UInt64
    ) -> UInt64
    /// Has a timer in a map's value call a closure, with the map, the key and the value.
    func setTimer(
        _ timer: UnsafeMutableRawPointer, _ body: @escaping (UInt64, UInt64, UInt64) -> Void
    ) -> UInt64
    /// The pointer that an address of the machine means; others stay what they are.
    func pointer(to address: UInt64) -> UInt64
    /// The address by which helpers read memory of the program that no argument points to.
    func address(of pointer: UnsafeMutableRawPointer) -> UInt64
    /// Where the variable is for whose global `place` stands.
    func variable(at place: UnsafeMutableRawPointer, byteCount: Int) -> UnsafeMutableRawPointer
    /// Sets a field of the context.
    func store(_ value: UInt64, at place: UnsafeMutableRawPointer, byteCount: Int)
    /// Answers a question about the kernel's types: what is asked, and the path or name.
    func answer(_ question: TypeQuestion, _ path: UnsafePointer<UInt8>) -> Int
}

/// A question about the kernel's types (CO-RE).
public enum TypeQuestion: Sendable {
    /// Where a field is, in bytes.
    case fieldOffset
    /// 1 if there is a field.
    case fieldExists
    /// How many bytes a field has.
    case fieldSize
    /// 1 if there is a type.
    case typeExists
    /// How many bytes a type has.
    case typeSize
    /// 1 if there is an enumerator.
    case enumeratorExists
    /// The value of an enumerator.
    case enumeratorValue
}

/// The services that kernel programs of this thread or task have.
public enum NativeWorld {
    private static let current = TaskLocal<(any NativeServices)?>(wrappedValue: nil)

    /// Runs something with services; outside of it, helpers do nothing and return 0.
    public static func serve<Result>(
        with services: any NativeServices, _ body: () throws -> Result
    ) rethrows -> Result {
        try current.withValue(services, operation: body)
    }

    @usableFromInline static var services: (any NativeServices)? { current.get() }

    /// Calls a helper; this is what the entries of ``HelperEntries`` do.
    static func call(
        _ helper: UInt32, _ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64,
        _ fifth: UInt64
    ) -> UInt64 {
        services?.call(helper, [first, second, third, fourth, fifth]) ?? 0
    }

    @usableFromInline
    static func call(
        _ helper: UInt32, _ first: UInt64, flags: UInt64,
        callback: (UInt64, UInt64, UInt64) -> UInt64
    ) -> Int {
        let result = services?.call(
            helper, [first, callbackAddress, 0, flags, 0], callback: callback)
        return Int(truncatingIfNeeded: result ?? 0)
    }

    /// What stands for the closure of a call that calls back.
    public static let callbackAddress: UInt64 = 0x4655_4e43_ffff_ffff

    /// The pointer that an address of the machine means. Without services it is nowhere, and
    /// everything begins and ends there.
    @usableFromInline
    static func pointer(to address: UInt64) -> UnsafeMutableRawPointer {
        let place = services?.pointer(to: address) ?? 0
        return UnsafeMutableRawPointer(bitPattern: UInt(max(place, 16))).unsafelyUnwrapped
    }

    @usableFromInline
    static func address(of pointer: UnsafeMutableRawPointer) -> UInt64 {
        services?.address(of: pointer) ?? 0
    }

    /// The memory of a variable: each world has its own.
    @usableFromInline
    static func variable<Value>(_ place: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<Value>
    {
        guard let services else { return place }
        return services.variable(at: place, byteCount: MemoryLayout<Value>.size)
            .assumingMemoryBound(to: Value.self)
    }

    @usableFromInline
    static func store<Field: BitwiseCopyable>(_ field: Field, at place: UnsafeMutableRawPointer) {
        guard let services, MemoryLayout<Field>.size <= 8 else {
            return place.storeBytes(of: field, as: Field.self)
        }
        var word: UInt64 = 0
        withUnsafeMutableBytes(of: &word) { $0.storeBytes(of: field, as: Field.self) }
        services.store(word, at: place, byteCount: MemoryLayout<Field>.size)
    }

    static func setTimer(
        _ timer: UnsafeMutableRawPointer,
        _ body: @escaping (UnsafeMutableRawPointer, EntryKey, EntryValue) -> TimerEnd
    ) {
        _ = services?.setTimer(timer) { map, key, value in
            _ = body(
                pointer(to: map), EntryKey(pointer: UnsafeRawPointer(pointer(to: key))),
                EntryValue(pointer: pointer(to: value)))
        }
    }

    @usableFromInline
    static func answer(_ question: TypeQuestion, _ path: UnsafePointer<UInt8>) -> Int {
        services?.answer(question, path) ?? 0
    }
}
#endif
