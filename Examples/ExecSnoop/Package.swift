// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ExecSnoop",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "ExecSnoopProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["exec-snoop.bpf.c", "Sources", "Tests"],
            sources: ["exec-snoop.swift"]),
        // The application's side: the plug-in writes the type `ExecSnoop`.
        .executableTarget(
            name: "exec-snoop",
            dependencies: ["ExecSnoopProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "ExecSnoopTests",
            dependencies: ["ExecSnoopProgram", .product(name: "EBPF", package: "swift-ebpf")],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
