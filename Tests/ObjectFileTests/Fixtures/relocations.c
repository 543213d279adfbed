// What CO-RE has to find in other kernels: members of every type, elements, enumerators, shapes.
#include "fixture.h"

#define CORE __attribute__((preserve_access_index))
#define INFO(field, kind) __builtin_preserve_field_info(field, kind)
#define TYPE(type, kind) __builtin_preserve_type_info(*(type *)0, kind)
#define ID(type, kind) __builtin_btf_type_id(*(type *)0, kind)
#define VALUE(type, name, kind) __builtin_preserve_enum_value(*(type *)name, kind)

typedef unsigned char u8;
typedef unsigned short u16;
typedef signed short s16;

enum mode { MODE_IDLE, MODE_RUN = 7, MODE_DEAD = -3 };
enum wide { WIDE_SMALL = 1, WIDE_LARGE = 0x123456789aULL };
enum top { TOP = 0xfffffff0u };
typedef enum { COLOUR_RED = 5, COLOUR_BLUE } colour;

struct point { int x; int y; } CORE;
typedef struct point point_alias;
typedef int (*callback)(struct point *, u64, enum mode);
typedef u32 counter;
union number { u32 word; u8 bytes[4]; } CORE;
struct opaque;

struct node {
    u8 byte;
    u16 half;
    s16 signed_half;
    u32 word;
    u64 wide;
    char name[16];
    struct point corners[4];
    int matrix[2][3];
    struct {
        u32 hidden;
        union {
            u64 either;
            struct point both;
        };
    };
    union number number;
    enum mode mode;
    enum wide wide_mode;
    struct node *next;
    callback call;
    counter hits;
    u32 low : 3, high : 21;
    s32 sign : 7;
    u64 far : 40;
    float ratio;
    struct opaque *opaque;
    u32 tail[];
} CORE;

struct node___old { u32 word; u64 gone; } CORE;
struct point___flat { int x; } CORE;
enum mode___new { MODE_IDLE___new = 0, MODE_SLEEP = 9 };

SEC("raw_tp/loads") u64 loads(struct node *node) {
    u64 sum = node->byte + node->half + node->word + node->wide + node->signed_half;
    sum += node->name[3] + node->corners[2].y + node->matrix[1][2];
    sum += node->hidden + node->either + node->both.y + node->number.bytes[2];
    sum += node->mode + node->wide_mode + node->next->next->word + (u64)node->call;
    return sum + node->hits + node->tail[2] + node->next[1].word;
}

SEC("raw_tp/addresses") u64 addresses(struct node *node) {
    u64 sum = (u64)&node->corners[3] + (u64)&node->name + (u64)&node->number;
    sum += (u64)&node->ratio + (u64)&node->opaque + (u64)&node->tail;
    return sum + (u64)&node->matrix[1] + (u64)node->opaque;
}

SEC("raw_tp/fields") u64 fields(struct node *node) {
    u64 sum = 0;
#define ALL(field) \
    sum += INFO(field, 0) + INFO(field, 1); sum ^= INFO(field, 2); sum += INFO(field, 3); \
    sum ^= INFO(field, 4); sum += INFO(field, 5);
    ALL(node->low)
    ALL(node->high)
    ALL(node->sign)
    ALL(node->far)
    ALL(node->word)
    ALL(node->mode)
    ALL(node->corners[1].y)
#define SOME(field) sum += INFO(field, 0) + INFO(field, 1); sum ^= INFO(field, 2);
    SOME(node->name)
    SOME(node->both)
    SOME(node->corners)
    sum += INFO(node->corners[2], 1) + INFO(node->corners[2], 2) + INFO(node->corners[2], 0);
    struct node___old *old = (void *)node;
    sum += INFO(old->gone, 2) + INFO(old->word, 0);
    struct point___flat *flat = (void *)node;
    return sum + flat->x + INFO(flat->x, 2);
}

SEC("raw_tp/types") u64 types(void *context) {
    u64 sum = 0;
#define TYPES(type) \
    sum += TYPE(type, 0); sum ^= TYPE(type, 1); sum += TYPE(type, 2); sum ^= ID(type, 1);
    TYPES(struct node)
    TYPES(struct point)
    TYPES(struct point___flat)
    TYPES(point_alias)
    TYPES(callback)
    TYPES(counter)
    TYPES(union number)
    TYPES(enum mode)
    TYPES(enum wide)
    TYPES(colour)
    return sum + ID(struct node, 0) + ID(struct point, 0);
}

SEC("raw_tp/enumerators") u64 enumerators(void *context) {
    u64 sum = 0;
#define VALUES(type, name) sum += VALUE(type, name, 0); sum ^= VALUE(type, name, 1);
    VALUES(enum mode, MODE_RUN)
    VALUES(enum mode, MODE_DEAD)
    VALUES(enum wide, WIDE_LARGE)
    VALUES(enum wide, WIDE_SMALL)
    VALUES(colour, COLOUR_BLUE)
    VALUES(enum mode___new, MODE_SLEEP)
    VALUES(enum mode___new, MODE_IDLE___new)
    return sum;
}

SEC("raw_tp/stores") int stores(struct node *node) {
    struct node *own = node;
    own->word = 3;
    own->half = 4;
    own->wide = (u64)node;
    own->mode = MODE_RUN;
    own->corners[1].x = 9;
    return 0;
}

char _license[] SEC("license") = "GPL";
