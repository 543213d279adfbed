import EBPFBytecode

/// The helpers and kernel functions that a machine offers, as a table indexed by small numbers.
///
/// Helpers have their UAPI number as index. Kernel functions, which objects call by name, follow.
struct HelperTable: Sendable {
    private(set) var bodies: [HelperBody]
    private var kernelFunctions: [String: Int] = [:]
    /// One more than the highest number of a helper.
    let helperCount: Int
    /// Whether look-ups do what maps do and nothing else, so that machine code may do it itself.
    private(set) var hasPlainLookups = false
    /// The place of what is called before each instruction, in a host that shows its programs.
    private(set) var observer: Int?

    /// A table in which every one of `count` helpers does what `missing` says.
    init(count: Int, missing: (Int) -> HelperBody) {
        helperCount = count
        bodies = (0..<count).map(missing)
    }

    /// The place of a helper, if Linux has one with this number.
    func index(ofHelper number: Int32) -> Int? {
        (0..<helperCount).contains(Int(number)) && number != 0 ? Int(number) : nil
    }

    /// The place of a kernel function by name.
    func index(ofKernelFunction name: String) -> Int? { kernelFunctions[name] }

    /// Says what a helper does.
    subscript(helper: Int) -> HelperBody {
        get { bodies[helper] }
        set {
            bodies[helper] = newValue
            if helper == Int(HelperID.mapLookupElem.rawValue) { hasPlainLookups = false }
        }
    }

    /// Says what a helper does, by its name.
    subscript(helper: HelperID) -> HelperBody {
        get { bodies[Int(helper.rawValue)] }
        set { self[Int(helper.rawValue)] = newValue }
    }

    /// Notes that all helpers are the machine's own.
    mutating func finish() { hasPlainLookups = true }

    /// Adds what is called before each instruction.
    mutating func addObserver(_ body: @escaping HelperBody) {
        observer = bodies.count
        bodies.append(body)
    }

    /// Adds a kernel function.
    mutating func add(kernelFunction name: String, _ body: @escaping HelperBody) {
        kernelFunctions[name] = bodies.count
        bodies.append(body)
    }
}
