// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Firewall",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "FirewallProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["README.md", "firewall.bpf.c", "Sources", "Tests"],
            sources: ["firewall.swift"]),
        // The application's side: the plug-in writes the type `Firewall`.
        .executableTarget(
            name: "firewall",
            dependencies: ["FirewallProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "FirewallTests",
            dependencies: ["FirewallProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
