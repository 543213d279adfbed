// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "FlowLatency",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "FlowLatencyProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["README.md", "flow-latency.bpf.c", "Sources", "Tests"],
            sources: ["flow-latency.swift"]),
        // The application's side: the plug-in writes the type `FlowLatency`.
        .executableTarget(
            name: "flow-latency",
            dependencies: ["FlowLatencyProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "FlowLatencyTests",
            dependencies: ["FlowLatencyProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
