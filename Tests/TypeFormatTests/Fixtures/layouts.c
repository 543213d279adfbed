// Layouts that the rules of C alone do not give. Scripts/make-type-fixtures.sh makes layouts.btf.
#define packed __attribute__((packed))
#define aligned(bytes) __attribute__((aligned(bytes)))

struct gap { char first; long second aligned(64); char last; };
struct tail_gap { int first; } aligned(128);
struct tight { char first; long second; short third; } packed;
struct inner { char a; int b; } packed;
struct outer { char a; struct inner inner; long b; };
struct bits {
    int a : 3;
    int : 0;
    int b : 5;
    long c : 40;
    char d;
    unsigned char e : 2;
    short f : 9;
};
struct tight_bits { int a : 7; long b : 60; int c : 30; char d; } packed;
struct sparse { int : 17; int a : 3; int : 30; long b : 1; };
struct last { int count; char data[]; };
struct last_gap { long count; char kind; char data[]; };
struct empty {};
struct with_empty { int a; struct empty e; int b; };
union wide { char a; int b; } aligned(32);
union tight_union { char a; int b; char c[5]; } packed;
union bit_union { int a : 3; long b : 50; };
enum small { SMALL = 1 } packed;
enum medium { MEDIUM = 300 } packed;
enum big { BIG = 0x123456789LL };
struct enums { enum small a; enum medium b; enum big c; enum small d : 4; };
struct nested {
    char a;
    struct { char b; struct { long c; } d[2]; union { char e; long f; }; };
    struct { char g; int h; } packed i;
    unsigned __int128 j;
    char k;
};
struct arrays { char a; short b[3][2]; struct inner c[2]; union wide d[0]; };
struct function_pointers { int (*a)(struct arrays *, struct later *); void *(*b[2])(void); };
struct recursive { struct recursive *next; struct recursive *(*get)(struct recursive *); };

struct gap gap; struct tail_gap tail_gap; struct tight tight; struct outer outer;
struct bits bits; struct tight_bits tight_bits; struct sparse sparse; struct last last;
struct last_gap last_gap; struct with_empty with_empty; union wide wide;
union tight_union tight_union; union bit_union bit_union; struct enums enums;
struct nested nested; struct arrays arrays; struct function_pointers function_pointers;
struct recursive recursive;
