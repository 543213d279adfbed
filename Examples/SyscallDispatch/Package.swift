// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "SyscallDispatch",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "SyscallDispatchProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["syscall-dispatch.bpf.c", "Sources", "Tests"],
            sources: ["syscall-dispatch.swift"]),
        // The application's side: the plug-in writes the type `SyscallDispatch`.
        .executableTarget(
            name: "syscall-dispatch",
            dependencies: [
                "SyscallDispatchProgram", .product(name: "EBPF", package: "swift-ebpf"),
            ],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "SyscallDispatchTests",
            dependencies: [
                "SyscallDispatchProgram", .product(name: "EBPF", package: "swift-ebpf"),
            ],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
