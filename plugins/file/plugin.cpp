// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"
#include "writer.hpp"

SLUICE_PLUGINS(sluice::file::FileReader, sluice::file::FileWriter)
