/// A map or variable of a kernel program, as its Swift source declares it.
public struct KernelDeclaration: Hashable, Sendable {
    /// What it is to an application.
    public enum Role: Hashable, Sendable {
        /// A map that both sides use.
        case map
        /// A value that is set before the program is loaded (`Config`).
        case configuration
        /// A variable that both sides use (`Global`).
        case variable
    }

    /// The name of the global.
    public var name: String
    /// What it is.
    public var role: Role
    /// Its type in Swift, without modules: `HashMap<UInt16, UInt64>`; of a variable, that of its
    /// value.
    public var type: String
}
