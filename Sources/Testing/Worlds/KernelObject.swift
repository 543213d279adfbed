/// An object of the kernel as a test wants it: the fields that the program reads.
///
/// ```swift
/// var parent = KernelObject()
/// parent.set("task_struct.tgid", to: UInt32(1))
/// var task = KernelObject()
/// task.set("task_struct.real_parent", to: world.pointer(to: parent, as: Task.self))
/// world.setTask(task)
/// ```
/// Paths are those of the program, as it writes them.
public struct KernelObject: Sendable {
    /// The bytes of its fields, by their paths.
    private(set) var fields: [(path: String, bytes: [UInt8])] = []

    /// An object of zeros.
    public init() {}

    /// Sets a field.
    public mutating func set<Value: BitwiseCopyable>(_ path: String, to value: Value) {
        fields.append((path, bytes(of: value)))
    }

    /// Sets a field that is text in the object, such as `"task_struct.comm"`.
    public mutating func set(_ path: String, text: String) {
        fields.append((path, Array(text.utf8) + [0]))
    }
}
