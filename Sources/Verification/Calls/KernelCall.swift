import EBPFBytecode
import EBPFObjectFile
import EBPFTypeFormat

/// A call of a function of the kernel: what is known of the function, and what its arguments bring.
struct KernelCall {
    let name: String
    let prototype: PrototypeType
    /// The row of the table; functions that are not in it have no flags and no role.
    let function: KernelFunction

    /// Constants among the arguments.
    var constant: UInt64?
    /// The size of the memory that comes back, and whether it can be written.
    var resultSize: (bytes: UInt64, isReadOnly: Bool)?
    /// The reference of an argument.
    var reference: UInt32 = 0
    /// The register whose object is given back.
    var released: Register?
    /// The function that is called back.
    var callback: Int?
    /// The map that an argument names.
    var map: Int?
    var mapIdentity: UInt32 = 0
    /// The dynptr that is an argument.
    var dynptr: RegisterState?
    /// A dynptr that the call makes, and where.
    var newDynptr: Register?
    /// The list or tree that is worked on.
    var root: SpecialRecord.Field?
    /// The object that is an argument.
    var object: RegisterState?
    /// Whether that object is the program's own.
    var isOwned = false
    /// Where the iterator is.
    var iterator: (frame: Int, index: Int)?

    var flags: KernelFunction.Flags { function.flags }
    var role: KernelFunction.Role? { function.role }

    /// Whether pointers must be alive for certain.
    var trustsArguments: Bool { function.trustsArguments }

    /// Whether null may come back.
    var mayReturnNull: Bool {
        if role == .acquireReference, isOwned { return false }
        return flags.contains(.mayReturnNull)
    }
}

extension KernelCall {
    /// What a parameter is, by its type and its name.
    enum Parameter {
        case ignored
        case number
        case context
        case dynptr(isNew: Bool)
        case iterator(String, slots: Int)
        case listHead, listNode, treeRoot, treeNode
        case workQueue, taskWork, timer
        case interruptFlag
        case resilientLock
        case map
        case string
        case allocated
        case referenceCounted
        case callback
        /// A structure of the kernel.
        case structure(TypeID, name: String)
        /// Memory as long as the next argument says.
        case sizedMemory
        /// Memory of some bytes.
        case memory(Int)
        case unknown
    }
}
