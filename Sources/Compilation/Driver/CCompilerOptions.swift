/// How C becomes BPF: the processor version, the user's headers and macros, and what is written.
public struct CCompilerOptions: Hashable, Sendable {
    /// The version of the instruction set (`-mcpu=`); each includes the ones before.
    public enum Processor: String, CaseIterable, Sendable {
        /// The first instructions, for Linux before 5.1: no 32-bit jumps.
        case v1
        /// Jumps by less-than (Linux 4.14).
        case v2
        /// 32-bit jumps and arithmetic, atomics (Linux 5.1; atomics with fetch 5.12).
        case v3
        /// Sign extension, signed division, `gotol`, byte swaps (Linux 6.6).
        case v4
    }

    /// The machine whose registers `PT_REGS_PARM1` and friends mean (`-D__TARGET_ARCH_…`).
    public enum Architecture: String, CaseIterable, Sendable {
        /// x86-64.
        case x86
        /// AArch64.
        case arm64

        /// The machine that this process runs on, where it is one of the known ones.
        public static var host: Architecture? {
            #if arch(x86_64)
            .x86
            #elseif arch(arm64)
            .arm64
            #else
            nil
            #endif
        }
    }

    /// What is produced.
    public enum Product: String, CaseIterable, Sendable {
        /// An ELF object with code, maps, types and line information.
        case object
        /// LLVM's assembly text (`-S`).
        case assembly
        /// LLVM's intermediate representation (`-S -emit-llvm`).
        case intermediateRepresentation
    }

    /// The instruction set: `v3` by default, which every Linux since 5.12 and our machine take.
    public var processor = Processor.v3
    /// The machine of register contexts: this one by default.
    public var architecture = Architecture.host
    /// What is produced: an object by default.
    public var product = Product.object
    /// Directories searched before our headers (`-I`).
    public var includeDirectories: [String] = []
    /// Macros, as `NAME` or `NAME=VALUE` (`-D`).
    public var definitions: [String] = []
    /// Arguments added after all others, so that they win.
    public var extraArguments: [String] = []

    /// The default options.
    public init() {}
}

extension CCompilerOptions {
    /// Warnings that idiomatic BPF sources raise by design.
    ///
    /// Map definitions hide values in types, packet headers are packed, and kernel types end in
    /// flexible arrays.
    static let warnings = [
        "-Wall", "-Wno-unused-value", "-Wno-pointer-sign", "-Wno-compare-distinct-pointer-types",
        "-Wno-address-of-packed-member", "-Wno-gnu-variable-sized-type-not-at-end",
        "-Wno-unknown-warning-option", "-Wno-unused-function", "-Wno-missing-braces",
    ]

    /// Clang's arguments, but for the source and the output.
    ///
    /// - Parameters:
    ///   - headers: the directory of our headers.
    ///   - keepsColdCode: adds the option that keeps a function in one piece. Swift's clang moves
    ///     unlikely code to a section of its own, which no loader can join again; other compilers
    ///     do not know the option.
    /// - Returns: the arguments in the order that clang needs.
    func arguments(headers: String, keepsColdCode: Bool) -> [String] {
        var arguments = [
            "--no-default-config", "--target=bpfel", "-mcpu=\(processor.rawValue)", "-O2", "-g",
            "-fno-stack-protector", "-fno-color-diagnostics", "-nostdlibinc",
        ]
        if keepsColdCode { arguments += ["-Xclang", "-fno-split-cold-code"] }
        arguments += Self.warnings
        arguments += definitions.map { "-D" + $0 }
        if let architecture, !definitions.contains(where: { $0.hasPrefix("__TARGET_ARCH_") }) {
            arguments.append("-D__TARGET_ARCH_\(architecture.rawValue)")
        }
        arguments += includeDirectories.map { "-I" + $0 }
        arguments += ["-isystem", headers, "-ffile-prefix-map=\(headers)=<ebpf>"]
        return arguments + product.arguments + extraArguments
    }
}

extension CCompilerOptions.Product {
    fileprivate var arguments: [String] {
        switch self {
        case .object: ["-c"]
        case .assembly: ["-S"]
        case .intermediateRepresentation: ["-S", "-emit-llvm"]
        }
    }

    /// The ending of a file with this content, without a dot.
    public var fileExtension: String {
        switch self {
        case .object: "o"
        case .assembly: "s"
        case .intermediateRepresentation: "ll"
        }
    }
}
