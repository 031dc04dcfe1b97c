/* SPDX-License-Identifier: Apache-2.0 */
#include "layout.h"

/* The entry is a plain function of C. */
static const SluicePluginFile file = {.struct_size = sizeof(SluicePluginFile), .abi_major = SLUICE_ABI_MAJOR};

const SluicePluginFile* SLUICE_PLUGIN_ENTRY(uint32_t host_minor) {
  SluiceEntryFunction self = SLUICE_PLUGIN_ENTRY;
  return host_minor >= SLUICE_ABI_MINOR && self != NULL ? &file : NULL;
}
