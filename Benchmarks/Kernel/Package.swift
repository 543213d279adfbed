// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "kernel-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        .executableTarget(
            name: "bench-swift", dependencies: [.product(name: "EBPF", package: "swift-ebpf")])
    ]
)
