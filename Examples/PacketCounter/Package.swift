// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "PacketCounter",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "PacketCounterProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["README.md", "packet-counter.bpf.c", "Sources", "Tests"],
            sources: ["packet-counter.swift"]),
        // The application's side: the plug-in writes the type `PacketCounter`.
        .executableTarget(
            name: "packet-counter",
            dependencies: ["PacketCounterProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "PacketCounterTests",
            dependencies: ["PacketCounterProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
