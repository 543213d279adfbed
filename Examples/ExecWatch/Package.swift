// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ExecWatch",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        .target(
            name: "ExecWatch", dependencies: [.product(name: "EBPF", package: "swift-ebpf")]),
        .executableTarget(name: "exec-watch", dependencies: ["ExecWatch"]),
    ],
    swiftLanguageModes: [.v6]
)
