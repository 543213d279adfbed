// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Ping",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "PingProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["ping.bpf.c", "Sources", "Tests"],
            sources: ["ping.swift"]),
        // The application's side: the plug-in writes the type `Ping`.
        .executableTarget(
            name: "ping",
            dependencies: ["PingProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "PingTests",
            dependencies: ["PingProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
