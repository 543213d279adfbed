// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ConnectLatency",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "ConnectLatencyProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["connect-latency.bpf.c", "Sources", "Tests"],
            sources: ["connect-latency.swift"]),
        // The application's side: the plug-in writes the type `ConnectLatency`.
        .executableTarget(
            name: "connect-latency",
            dependencies: ["ConnectLatencyProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "ConnectLatencyTests",
            dependencies: ["ConnectLatencyProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
