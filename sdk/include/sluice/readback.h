/* SPDX-License-Identifier: Apache-2.0
 *
 * The extension sluice.readback/1 of a writer: how what its job has written is read again, so that a host can compare
 * it with the source, and add to it what was refused.
 */
#ifndef SLUICE_READBACK_H
#define SLUICE_READBACK_H

#include "sluice/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Purpose of an instance, beside those of plugin.h. */
#define SLUICE_READBACK 16u /* a writer that will be asked how its work is read again; it writes nothing */
#define SLUICE_REPLAY 32u   /* records that an earlier run refused are added to what it wrote, which stays */

/* On an instance that was opened with SLUICE_READBACK and described:
 *
 *   emit(sink, "reader", "", "sqlite")                the plugin that reads it, once; never, when there is nothing to
 *                                                     be read and no records would have left nothing, too
 *   emit(sink, "parameter", "column[0]", "id")        its parameters, as texts; an empty text is a value
 *   emit(sink, "others", "", "writeMode is update")   why the target may well hold other records, too
 *
 * The columns are read in the order in which they were written. Parameters flagged SLUICE_CONNECTION that both plugins
 * have are passed on by the host: no secrets in here. */
#define SLUICE_EXT_READBACK "sluice.readback/1"
typedef struct SluiceReadback {
  uint32_t struct_size;
  uint32_t reserved;
  SluiceStatus (*readback)(void* instance, const SluiceTextSink*, SluiceError*) SLUICE_NOEXCEPT;
} SluiceReadback;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_READBACK_H */
