/// What is known of a pointer to a structure of the kernel, besides which structure it is.
struct PointerTraits: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    /// It is valid as long as the program runs (`PTR_TRUSTED`).
    static let trusted = PointerTraits(rawValue: 1 << 0)
    /// It is valid until the end of the RCU read section (`MEM_RCU`).
    static let rcu = PointerTraits(rawValue: 1 << 1)
    /// It may be null (`PTR_MAYBE_NULL`).
    static let maybeNull = PointerTraits(rawValue: 1 << 2)
    /// It may point anywhere; loads through it are guarded, functions do not take it
    /// (`PTR_UNTRUSTED`).
    static let untrusted = PointerTraits(rawValue: 1 << 3)
    /// It points into the memory of a process (`MEM_USER`).
    static let user = PointerTraits(rawValue: 1 << 4)
    /// It is an offset into each CPU's memory (`MEM_PERCPU`).
    static let perCPU = PointerTraits(rawValue: 1 << 5)
    /// The program made the object (`MEM_ALLOC`); its type is one of the program's own.
    static let allocated = PointerTraits(rawValue: 1 << 6)
    /// Another one, such as a list, owns the object (`NON_OWN_REF`).
    static let nonOwning = PointerTraits(rawValue: 1 << 7)
    /// The program holds a reference, which keeps the object alive (`ref_obj_id`).
    static let acquired = PointerTraits(rawValue: 1 << 8)
    /// It must not be written through (`MEM_RDONLY`).
    static let readOnly = PointerTraits(rawValue: 1 << 9)

    /// What the kernel calls trusted modifiers.
    private static let trustedKinds: PointerTraits = [.trusted, .allocated, .nonOwning]
}

extension PointerTraits {
    /// Whether functions may be given it that ask for trusted pointers.
    var isTrusted: Bool {
        if contains(.acquired) { return true }
        return !isDisjoint(with: Self.trustedKinds) && isSubset(of: Self.trustedKinds)
    }
}

extension PointerTraits: CustomStringConvertible {
    /// As the kernel's log writes them before the name of the type: `trusted_rcu_`.
    var description: String {
        let names: [(PointerTraits, String)] = [
            (.readOnly, "rdonly_"), (.allocated, "alloc_"), (.user, "user_"),
            (.perCPU, "percpu_"), (.untrusted, "untrusted_"), (.nonOwning, "non_own_"),
            (.rcu, "rcu_"), (.trusted, "trusted_"),
        ]
        return names.filter { contains($0.0) }.map(\.1).joined()
    }
}
