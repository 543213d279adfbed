import EBPFBytecode

/// Kernel functions about the program itself: exceptions, casts.
enum ProgramFunctions {
    static func install(in table: inout HelperTable) {
        table.add(kernelFunction: "bpf_throw") { (call) throws(Fault) in
            throw .thrown(cookie: call.first)
        }
        // The context is the only view of an event that there is here.
        table.add(kernelFunction: "bpf_cast_to_kern_ctx") { call in call.first }
        table.add(kernelFunction: "bpf_rdonly_cast") { call in call.first }
    }
}
