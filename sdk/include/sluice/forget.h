/* SPDX-License-Identifier: Apache-2.0
 *
 * An extension of writers, beside those of plugin.h.
 */
#ifndef SLUICE_FORGET_H
#define SLUICE_FORGET_H

#include "sluice/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a writer keeps in the destination while a run may be resumed (files aside, marks) has to go some day. */
#define SLUICE_EXT_FORGET "sluice.forget/1"
typedef struct SluiceForget {
  uint32_t struct_size;
  uint32_t reserved;
  /* [job] Takes away whatever that run of the job left: the host has it down that the run is complete, or that it will
   * never be resumed, or a run of this id is about to begin with nothing committed (before `prepare`; mostly there is
   * nothing then). On an instance that was opened and described, maybe one of another run. Idempotent. */
  SluiceStatus (*forget)(void* instance, SluiceString run_id, SluiceError*) SLUICE_NOEXCEPT;
} SluiceForget;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_FORGET_H */
