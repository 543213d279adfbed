// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules; warnings are errors so that none is ever left behind.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A room of the house: `Sources/<folder>` is the module `EBPF<folder>`.
func room(_ folder: String, imports: [Target.Dependency] = []) -> Target {
    .target(
        name: "EBPF" + folder, dependencies: imports, path: "Sources/" + folder,
        swiftSettings: settings)
}

/// The tests of a room live in `Tests/<folder>Tests`.
func tests(_ folder: String, imports: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: "EBPF\(folder)Tests", dependencies: imports, path: "Tests/\(folder)Tests",
        resources: resources, swiftSettings: settings)
}

/// A kernel program in Swift, for tests: `Tests/KernelPrograms/<name>`.
func kernelProgram(_ name: String) -> Target {
    .target(name: name, dependencies: ["EBPFProgram"], path: "Tests/KernelPrograms/" + name)
}

/// The kernel program of an example, as a module of its own for tests; what else is in the folder
/// is the example's own package.
func example(_ folder: String, _ name: String, beside others: [String]) -> Target {
    .target(
        name: folder + "Example", dependencies: ["EBPFProgram"], path: "Examples/" + folder,
        exclude: ["\(name).bpf.c"] + others, sources: ["\(name).swift"])
}

let package = Package(
    name: "swift-ebpf",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "EBPF", targets: ["EBPF"]),
        .library(name: "EBPFProgram", targets: ["EBPFProgram"]),
        .library(name: "EBPFTesting", targets: ["EBPFTesting"]),
        .plugin(name: "CompileEBPF", targets: ["CompileEBPF"]),
        .executable(name: "ebpf", targets: ["EBPFTool"]),
        .executable(name: "ebpf-conformance", targets: ["EBPFConformance"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "EBPFTool", dependencies: ["EBPFCommandLine"], path: "Sources/Tool",
            swiftSettings: settings),
        .executableTarget(
            name: "EBPFConformance",
            dependencies: ["EBPFBytecode", "EBPFExecution", "EBPFObjectFile"],
            path: "Sources/Conformance", swiftSettings: settings),

        room("Bytecode"),
        room("TypeFormat", imports: ["EBPFBytecode"]),
        room(
            "ObjectFile",
            imports: [
                "EBPFBytecode", "EBPFTypeFormat",
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        room("Maps", imports: ["EBPFBytecode"]),
        .target(name: "CLinux", path: "Sources/CLinux"),
        room(
            "Verification",
            imports: [
                "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        room("MachineCode", imports: ["EBPFBytecode"]),
        room(
            "Execution",
            imports: [
                "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFMachineCode", "EBPFMaps",
                "EBPFVerification",
            ]),
        // The kernel's side: compiled for BPF by the user's toolchain, from sources that the
        // compiler carries; as a module of this package it checks types and names.
        .target(
            name: "EBPFProgram", path: "Sources/Program",
            swiftSettings: [
                .enableExperimentalFeature("RawLayout"),
                .enableExperimentalFeature("BuiltinModule"),
                .enableExperimentalFeature("Extern"), .treatAllWarnings(as: .error),
            ]),
        .executableTarget(
            name: "EBPFCompile",
            dependencies: [
                "EBPFCompilation", "EBPFKernel", "EBPFObjectFile", "EBPFTypeFormat",
            ],
            path: "Sources/CompileTool", swiftSettings: settings),
        .plugin(
            name: "CompileEBPF", capability: .buildTool(), dependencies: ["EBPFCompile"]),
        .executableTarget(
            name: "EmbedSources", path: "Sources/Embedding", swiftSettings: settings),
        .plugin(
            name: "EmbedProgram", capability: .buildTool(), dependencies: ["EmbedSources"]),
        room(
            "Compilation",
            imports: [
                "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFVerification",
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        room("Kernel", imports: ["CLinux", "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile"]),
        room(
            "Hooks", imports: ["EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFKernel"]),
        .target(
            name: "EBPF",
            dependencies: [
                "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFMaps", "EBPFExecution",
                "EBPFKernel", "EBPFHooks",
            ], path: "Sources/Library", swiftSettings: settings),
        // What tests of kernel programs import beside them.
        room(
            "Testing",
            imports: [
                "CLinux", "EBPF", "EBPFBytecode", "EBPFExecution", "EBPFHooks", "EBPFKernel",
                "EBPFMaps", "EBPFObjectFile", "EBPFProgram", "EBPFTypeFormat",
            ]),
        .target(
            name: "EBPFCommandLine",
            dependencies: [
                "EBPF", "EBPFBytecode", "EBPFCompilation", "EBPFExecution", "EBPFHooks",
                "EBPFKernel", "EBPFMachineCode", "EBPFMaps", "EBPFObjectFile", "EBPFTypeFormat",
                "EBPFVerification",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
            ], path: "Sources/CommandLine", swiftSettings: settings, plugins: ["EmbedProgram"]),

        // Trials of hooks on a real kernel: a library for the tests, a program for guests.
        .target(name: "HookTargets", path: "Tests/HookTargets"),
        .target(
            name: "HookTrials",
            dependencies: [
                "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFKernel", "EBPFHooks",
                "HookTargets",
            ], path: "Tests/HookTrials", swiftSettings: settings),
        .executableTarget(
            name: "hook-trials", dependencies: ["HookTrials"], path: "Tests/HookTrialsTool",
            swiftSettings: settings),

        // Random programs against what the verifier proves of them, for tests and for hours.
        .target(
            name: "Soundness",
            dependencies: [
                "EBPFBytecode", "EBPFExecution", "EBPFKernel", "EBPFMaps", "EBPFObjectFile",
                "EBPFVerification",
            ], path: "Tests/Soundness", swiftSettings: settings),
        .executableTarget(
            name: "soundness-trials", dependencies: ["Soundness"], path: "Tests/SoundnessTool",
            swiftSettings: settings),

        .target(
            name: "EBPFTestSupport",
            dependencies: [
                "EBPFBytecode", "EBPFCompilation", "EBPFHooks", "EBPFKernel", "EBPFObjectFile",
            ], path: "Tests/Support",
            swiftSettings: settings),
        // An example application that tests run, too.
        .target(
            name: "ExecWatch", dependencies: ["EBPF"],
            path: "Examples/ExecWatch/Sources/ExecWatch", swiftSettings: settings),
        // Kernel programs that tests run natively, compiled in the machine, and in the kernel.
        kernelProgram("ContractFirewall"), kernelProgram("ContractExecSnoop"),
        kernelProgram("MapOperations"), kernelProgram("Surroundings"),
        example(
            "ExecCounter", "exec-counter", beside: []),
        example(
            "ExecSnoop", "exec-snoop", beside: ["Package.swift", "Sources", "Tests"]),
        example(
            "Firewall", "firewall", beside: ["README.md", "Package.swift", "Sources", "Tests"]),
        example(
            "FlowLatency", "flow-latency",
            beside: ["README.md", "Package.swift", "Sources", "Tests"]),
        example(
            "LoadBalancer", "load-balancer",
            beside: ["README.md", "Package.swift", "Sources", "Tests"]),
        example(
            "PacketCounter", "packet-counter",
            beside: ["README.md", "Package.swift", "Sources", "Tests"]),
        example(
            "Ping", "ping", beside: ["Package.swift", "Sources", "Tests"]),
        example(
            "ServiceChain", "service-chain",
            beside: ["README.md", "Package.swift", "Sources", "Tests"]),
        example(
            "SyscallDispatch", "syscall-dispatch", beside: ["Package.swift", "Sources", "Tests"]),
        tests(
            "Testing",
            imports: [
                "EBPFTesting", "EBPFProgram", "EBPFBytecode", "EBPFCompilation", "EBPFExecution",
                "EBPFObjectFile", "EBPFTestSupport", "ContractFirewall", "ContractExecSnoop",
                "MapOperations", "Surroundings", "ExecCounterExample", "ExecSnoopExample",
                "FirewallExample", "FlowLatencyExample", "LoadBalancerExample",
                "PacketCounterExample", "PingExample", "ServiceChainExample",
                "SyscallDispatchExample",
            ]),
        tests("Tidy", imports: []),
        tests(
            "Kernel",
            imports: [
                "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFKernel",
                "EBPFCompilation", "EBPFTestSupport",
            ]),
        tests(
            "Hooks",
            imports: [
                "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFKernel", "EBPFHooks",
                "EBPFTestSupport", "HookTrials", "hook-trials", "HookTargets", "EBPFCompilation",
            ]),
        tests(
            "Library",
            imports: [
                "EBPF", "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFCompilation",
                "EBPFTestSupport", "ExecWatch",
            ]),
        tests("Bytecode", imports: ["EBPFBytecode"]),
        tests(
            "MachineCode", imports: ["EBPFBytecode", "EBPFExecution", "EBPFMachineCode"],
            resources: [.copy("Guest")]),
        tests(
            "Verification",
            imports: [
                "EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile", "EBPFVerification",
                "EBPFKernel", "EBPFCompilation", "EBPFTestSupport", "Soundness",
            ]),
        tests(
            "TypeFormat", imports: ["EBPFBytecode", "EBPFTypeFormat", "CLinux"],
            resources: [.copy("Fixtures")]),
        tests(
            "ObjectFile", imports: ["EBPFBytecode", "EBPFTypeFormat", "EBPFObjectFile"],
            resources: [.copy("Fixtures")]),
        tests(
            "Compilation",
            imports: [
                "EBPFBytecode", "EBPFCompilation", "EBPFExecution", "EBPFKernel", "EBPFMaps",
                "EBPFObjectFile", "EBPFTypeFormat", "EBPFTestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ], resources: [.copy("Programs")]),
        tests(
            "Maps", imports: ["EBPFMaps", "EBPFBytecode", "CLinux"],
            resources: [.copy("Recordings")]),
        tests(
            "Execution",
            imports: [
                "EBPFExecution", "EBPFBytecode", "EBPFMaps", "EBPFObjectFile", "EBPFTypeFormat",
                "EBPFVerification", "CLinux",
            ]),
        tests(
            "CommandLine",
            imports: [
                "EBPFBytecode", "EBPFCommandLine", "EBPFCompilation", "EBPFExecution",
                "EBPFHooks", "EBPFKernel", "EBPFObjectFile", "EBPFTypeFormat", "EBPFTestSupport",
            ]),
        tests(
            "Conformance",
            imports: ["EBPFBytecode", "EBPFConformance", "EBPFExecution", "EBPFObjectFile"]),
        tests(
            "Examples",
            imports: [
                "EBPFBytecode", "EBPFCommandLine", "EBPFCompilation", "EBPFExecution", "EBPFHooks",
                "EBPFKernel", "EBPFMaps", "EBPFObjectFile", "EBPFTypeFormat", "EBPFTestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
