import EBPFBytecode
public import EBPFKernel
import EBPFTypeFormat

extension KernelProgram {
    /// Runs the program at the kernel's function for a system call (ksyscall, kretsyscall; kind
    /// kprobe).
    ///
    /// The function's name depends on the processor and the kernel's version; calls of 32-bit
    /// processes have functions of their own, which are not seen.
    ///
    /// - Parameters:
    ///   - name: the call's name, such as `openat`.
    ///   - options: entry or return, a cookie.
    /// - Throws: ``KernelError``; `ENOENT` with the closest name if there is no such call.
    public func attach(
        toSystemCall name: String, options: KernelProbeOptions = KernelProbeOptions()
    ) throws(KernelError) -> Link {
        let function = try SystemCallFunctions(system).function(for: name, "attaching \(self)")
        return try attachKernelProbe(.function(function), options: options)
    }
}

/// The kernel's functions for system calls.
struct SystemCallFunctions {
    let system: SystemCalls
    private let types: BTF?

    init(_ system: SystemCalls) {
        self.system = system
        types = try? KernelTypes(system: system).vmlinux()
    }

    /// What is put before a call's name, newest kernels first: wrappers of the processor take
    /// saved registers, older functions the arguments themselves.
    static var prefixes: [String] {
        #if arch(x86_64)
        ["__x64_sys_", "__se_sys_", "sys_"]
        #elseif arch(arm64)
        ["__arm64_sys_", "__se_sys_", "sys_"]
        #else
        ["__se_sys_", "sys_"]
        #endif
    }

    /// The function for a call.
    func function(for call: String, _ action: String) throws(KernelError) -> String {
        let candidates = Self.prefixes.map { $0 + call }
        if let types {
            let known = candidates.first { types.first(named: $0, kind: .function) != nil }
            if let known { return known }
        }
        // Types name fewer functions than the kernel has symbols.
        let symbols = Self.names(inSymbols: (try? system.contents(of: "/proc/kallsyms")) ?? [])
        if let known = candidates.first(where: symbols.contains) { return known }
        let wrapper = Self.prefixes[0]
        let calls = symbols.lazy.filter { $0.hasPrefix(wrapper) }.map {
            String($0.dropFirst(wrapper.count))
        }
        throw KernelError(
            "\(action) to system call \(call)", .noEntry,
            reason: "the kernel has no system call \(call)",
            remedy: Spelling.closest(to: call, among: calls.sorted()).map { "did you mean \($0)?" })
    }

    /// The functions for system calls in `/proc/kallsyms`: `ADDRESS KIND NAME`.
    static func names(inSymbols text: [UInt8]) -> Set<String> {
        var names: Set<String> = []
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let name = line.drop { $0 != UInt8(ascii: " ") }.dropFirst(3)
            guard name.starts(with: "sys_".utf8) || name.starts(with: "__".utf8) else { continue }
            names.insert(String(decoding: name.prefix { $0 > 0x20 }, as: UTF8.self))
        }
        return names
    }
}
