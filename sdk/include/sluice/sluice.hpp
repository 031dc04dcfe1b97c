// SPDX-License-Identifier: Apache-2.0
// The C++ layer of the plugin SDK: header-only, no dependency beyond C++20.
#pragma once

#include "sluice/batch_builder.hpp"
#include "sluice/batch_view.hpp"
#include "sluice/cell_texts.hpp"
#include "sluice/context.hpp"
#include "sluice/digits.hpp"
#include "sluice/error.hpp"
#include "sluice/extension.hpp"
#include "sluice/iso_date.hpp"
#include "sluice/option.hpp"
#include "sluice/plugin.hpp"
#include "sluice/schema.hpp"
#include "sluice/split_shares.hpp"
#include "sluice/suggest.hpp"
#include "sluice/utf8.hpp"
