// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ServiceChain",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "ServiceChainProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["README.md", "service-chain.bpf.c", "Sources", "Tests"],
            sources: ["service-chain.swift"]),
        // The application's side: the plug-in writes the type `ServiceChain`.
        .executableTarget(
            name: "service-chain",
            dependencies: ["ServiceChainProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "ServiceChainTests",
            dependencies: ["ServiceChainProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
