// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/context.hpp>
#include <sluice/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluice::project {

// One element of `column`: a column by name or by position, and its new name if it gets one.
struct Wish {
  std::string name;
  std::optional<int64_t> index;
  std::optional<std::string> as;
  std::string path;  // of the element, for problems
};

// The elements of `parameter.column`. Reports those that say nothing, or two things at once, through the context.
std::vector<Wish> read_wishes(const Context& context);

// What becomes of a schema.
struct Selection {
  std::vector<size_t> sources;  // which input column stands at each position
  Schema schema;
};

// Finds every wish among the input's columns. Reports what is not there; nothing then.
std::optional<Selection> select(const std::vector<Wish>& wishes, const Schema& input, const Context& context);

}  // namespace sluice::project
