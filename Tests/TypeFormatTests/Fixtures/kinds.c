// Every kind of type that clang describes. Scripts/make-type-fixtures.sh makes kinds.btf from it.
typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __be32 address_t;

#define section(name) __attribute__((section(name), used))
#define tag(name) __attribute__((btf_decl_tag(name)))
#define typetag(name) __attribute__((btf_type_tag(name)))

enum state { CLOSED, LISTENING = 5, OPEN = 7 };
enum balance { DEBT = -3, EVEN = 0, GAIN = 3 };
enum wide { SMALL = 1, HUGE = 0x8000000000000001ULL };

struct in_addr { __be32 s_addr; };
struct in6_addr { union { __u8 bytes[16]; __be32 words[4]; }; };
struct later;

struct ethernet {
    __u8 h_dest[6];
    __u8 h_source[6];
    __be16 h_proto;
} __attribute__((packed));

struct flow {
    __be32 saddr;
    address_t dst_ip;
    __be16 dport;
    __u16 count;
    __be32 seq;
    struct in_addr gateway;
    struct in6_addr remote;
    struct ethernet link;
};

struct bits {
    unsigned low : 3;
    int sign : 4;
    enum state state : 5;
    _Bool flag : 1;
    unsigned : 2;
    unsigned long long rest : 37;
};

struct everything {
    char letter;
    signed char tiny;
    _Bool truth;
    enum state state;
    enum balance balance;
    enum wide wide;
    char comm[16];
    __u8 digest[8];
    __u8 filename[8];
    const volatile int number;
    struct later *next;
    int (*function)(struct later *, int, ...);
    union {
        struct { __u32 x, y; };
        __u64 both;
    };
    union { float single; __u32 raw; } real;
    double precise;
    int matrix[2][3];
    char words[2][4];
    struct bits bits;
    unsigned __int128 giant;
    __u64 typetag("user") * user;
} tag("everything");

struct tail {
    __u32 prefixlen;
    __u8 data[];
};

struct tagged {
    int plain;
    int marked tag("marked");
};

struct everything everything section(".bss.everything");
struct flow flow;
struct tail tail;
struct tagged tagged;
static volatile int counter = 3;
const volatile __u32 limit = 10;
extern int kernel_function(int argument) section(".ksyms");

static __attribute__((noinline)) int helper(int *restrict value tag("argument")) {
    return *value + counter;
}

section("xdp") int program(struct flow *context) {
    int value = (int)(limit + tagged.marked + tail.prefixlen);
    return helper(&value) + kernel_function(value) + (int)context->count + (int)flow.seq;
}
