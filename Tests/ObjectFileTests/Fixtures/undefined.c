// Calls what nobody defines: reading the object fails with a hint.
#include "fixture.h"

extern int elsewhere(void *context);

SEC("socket") int broken(void *context) {
    return elsewhere(context) + 1;
}
