// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ConnectRedirect",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        // The kernel's side: compiled for BPF by the plug-in.
        .target(
            name: "ConnectRedirectProgram",
            dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")],
            path: ".",
            exclude: ["connect-redirect.bpf.c", "Sources", "Tests"],
            sources: ["connect-redirect.swift"]),
        // The application's side: the plug-in writes the type `ConnectRedirect`.
        .executableTarget(
            name: "connect-redirect",
            dependencies: [
                "ConnectRedirectProgram", .product(name: "EBPF", package: "swift-ebpf"),
            ],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
        .testTarget(
            name: "ConnectRedirectTests",
            dependencies: [
                "ConnectRedirectProgram", .product(name: "EBPF", package: "swift-ebpf"),
            ],
            plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
    ],
    swiftLanguageModes: [.v6]
)
