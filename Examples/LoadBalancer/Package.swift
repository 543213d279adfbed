// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "LoadBalancer",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "LoadBalancerProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["README.md", "load-balancer.bpf.c", "Sources", "Tests"],
            sources: ["load-balancer.swift"]),
        // The application's side: the plug-in writes the type `LoadBalancer`.
        .executableTarget(
            name: "load-balancer",
            dependencies: ["LoadBalancerProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "LoadBalancerTests",
            dependencies: ["LoadBalancerProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
