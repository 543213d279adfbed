extension KernelFunction {
    /// Strings of the kernel, read without trusting them.
    static let text: [KernelFunction] = [
        KernelFunction("bpf_strcasecmp", since: 6, 18, [], .everything),
        KernelFunction("bpf_strcasestr", since: 6, 19, [], .everything),
        KernelFunction("bpf_strchr", since: 6, 17, [], .everything),
        KernelFunction("bpf_strchrnul", since: 6, 17, [], .everything),
        KernelFunction("bpf_strcmp", since: 6, 17, [], .everything),
        KernelFunction("bpf_strcspn", since: 6, 17, [], .everything),
        KernelFunction("bpf_strlen", since: 6, 17, [], .everything),
        KernelFunction("bpf_strncasecmp", since: 7, 0, [], .everything),
        KernelFunction("bpf_strncasestr", since: 6, 19, [], .everything),
        KernelFunction("bpf_strnchr", since: 6, 17, [], .everything),
        KernelFunction("bpf_strnlen", since: 6, 17, [], .everything),
        KernelFunction("bpf_strnstr", since: 6, 17, [], .everything),
        KernelFunction("bpf_strrchr", since: 6, 17, [], .everything),
        KernelFunction("bpf_strspn", since: 6, 17, [], .everything),
        KernelFunction("bpf_strstr", since: 6, 17, [], .everything),
    ]
}
