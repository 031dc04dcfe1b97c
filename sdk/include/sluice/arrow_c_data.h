/* SPDX-License-Identifier: Apache-2.0
 *
 * The Arrow C Data Interface: how a table's shape and its columns cross the plugin boundary.
 *
 * Declared after the published specification (https://arrow.apache.org/docs/format/CDataInterface.html
 * and .../CStreamInterface.html). The layout is frozen there; the include guards are the ones that the
 * specification asks for, so this header may meet other copies of it in one translation unit.
 *
 * Ownership: whoever holds a struct with a non-NULL `release` must call it once. A struct may be moved
 * by copying its bytes and setting `release` of the original to NULL.
 */
#ifndef SLUICE_ARROW_C_DATA_H
#define SLUICE_ARROW_C_DATA_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/* The type of one column, or (format "+s") of a record: one child a column. */
struct ArrowSchema {
  const char* format;   /* "l" int64, "u" utf8, "d:38,10" decimal128 ... */
  const char* name;
  const char* metadata; /* int32 count, then (int32 length, bytes) for each key and value; may be NULL */
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;

  void (*release)(struct ArrowSchema*);
  void* private_data;
};

/* The values: buffers[0] is the validity bitmap (bit set: not NULL; may be NULL when null_count is 0). */
struct ArrowArray {
  int64_t length;
  int64_t null_count; /* -1: not computed */
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;

  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/* A pull stream of record batches. get_next answers 0 and an array whose release is NULL at the end. */
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);

  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_ARROW_C_DATA_H */
